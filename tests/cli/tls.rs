//! Secure connections for real: certificates made on the spot, a server that speaks TLS, and a token that never
//! reaches one that is not who it says.

use super::second_system::assert_exit;
use super::tiny_system::tiny_fleet;
use crate::client::behaviours::tiny::Tiny;
use crate::client::raw::Reply;
use crate::support::http;
use crate::support::sandbox::Run;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

const TOKEN: &str = "canary-of-tls";

/// An authority that issues certificates.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// A server's configuration with a certificate for this name, good between these years.
    fn server(&self, name: &str, years: (i32, i32)) -> Arc<ServerConfig> {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
        params.not_before = date_time_ymd(years.0, 1, 1);
        params.not_after = date_time_ymd(years.1, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        http::install_crypto();
        let config = ServerConfig::builder().with_no_client_auth();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        Arc::new(config.with_single_cert(vec![certificate.der().clone()], key.into()).expect("a configuration"))
    }
}

/// Years in which every test happens.
const NOW: (i32, i32) = (2020, 4000);

/// Everything that came out of the encryption.
type Received = Arc<Mutex<String>>;

/// Serves the tiny system until the test ends.
fn serve(config: Arc<ServerConfig>) -> (String, Received) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("https://{}", listener.local_addr().expect("an address"));
    let (received, tiny) = (Received::default(), Tiny::new(false));
    let log = Arc::clone(&received);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            // A client that does not trust us leaves in the middle.
            let _left = answer(stream.expect("a connection"), &config, &tiny, &log);
        }
    });
    (address, received)
}

fn answer(mut socket: TcpStream, config: &Arc<ServerConfig>, tiny: &Tiny, log: &Received) -> std::io::Result<()> {
    let mut connection = ServerConnection::new(Arc::clone(config)).expect("a connection");
    let mut stream = rustls::Stream::new(&mut connection, &mut socket);
    let mut request = String::new();
    while !request.contains("\r\n\r\n") {
        let mut bytes = [0; 4096];
        let read = stream.read(&mut bytes)?;
        if read == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&bytes[..read]).into_owned();
        log.lock().expect("not poisoned").push_str(&text);
        request.push_str(&text);
    }
    let Reply::Bytes(bytes) = tiny.answer(&request) else { panic!("the tiny system answers bytes") };
    stream.write_all(&bytes)?;
    stream.conn.send_close_notify();
    stream.flush()
}

/// A plan against a server, with this authority in `ca.pem` and these arguments.
fn plan(config: Arc<ServerConfig>, authority: &str, arguments: &[&str]) -> (Run, Received) {
    let (address, received) = serve(config);
    let sandbox = tiny_fleet().env("CLINICCTL_TOKEN", TOKEN);
    sandbox.write("ca.pem", authority);
    (sandbox.run(&[&["plan", "--retry-budget", "0", "--system", &address], arguments].concat()), received)
}

const NAMED: &[&str] = &["--ca-file", "ca.pem"];

#[test]
fn a_system_whose_authority_is_named_is_trusted() {
    let authority = Authority::new("ours");
    let several = format!("{}\nsome words between\n{}", Authority::new("theirs").pem, authority.pem);
    for pem in [&authority.pem, &several] {
        let (run, received) = plan(authority.server("127.0.0.1", NOW), pem, NAMED);
        assert_exit(&run, 0);
        assert!(received.lock().expect("not poisoned").contains(TOKEN));
    }
}

#[test]
fn a_system_that_is_not_who_it_says_gets_no_token_and_the_person_a_reason() {
    let (ours, other, namesake) = (Authority::new("ours"), Authority::new("theirs"), Authority::new("ours"));
    let server = |name, years| ours.server(name, years);
    let cases = [
        ("no authority named", server("127.0.0.1", NOW), &ours.pem, &[][..], "--ca-file FILE"),
        ("another authority", server("127.0.0.1", NOW), &other.pem, NAMED, "--ca-file FILE"),
        ("another one of that name", server("127.0.0.1", NOW), &namesake.pem, NAMED, "--ca-file FILE"),
        ("ended", server("127.0.0.1", (2019, 2020)), &ours.pem, NAMED, "must renew it"),
        ("not yet", server("127.0.0.1", (3000, 4000)), &ours.pem, NAMED, "check the clock of this machine"),
        ("another address", server("127.0.0.2", NOW), &ours.pem, NAMED, "belongs to another name"),
        ("another name", server("clinics.example", NOW), &ours.pem, NAMED, "belongs to another name"),
    ];
    for (name, config, authority, arguments, hint) in cases {
        let (run, received) = plan(config, authority, arguments);
        assert_exit(&run, 1);
        assert!(run.stderr.contains("no secure connection to the system"), "{name}: {}", run.stderr);
        assert!(run.stderr.contains(hint), "{name}: {}", run.stderr);
        assert_eq!(*received.lock().expect("not poisoned"), "", "{name}: something was sent");
    }
}

#[test]
fn an_authority_that_cannot_be_read_stops_the_run_before_anything_is_sent() {
    let key = KeyPair::generate().expect("a key").serialize_pem();
    let whole = Authority::new("ours").pem;
    let cut = &whole[..whole.len() / 2];
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (text, says) in [
        ("", "no certificate"),
        ("words", "no certificate"),
        (&key, "no certificate"),
        (cut, "not whole"),
        (broken, "is none"),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a listener that does not wait");
        let address = format!("https://{}", listener.local_addr().expect("an address"));
        let sandbox = tiny_fleet().env("CLINICCTL_TOKEN", TOKEN);
        sandbox.write("ca.pem", text);
        let run = sandbox.run(&["plan", "--system", &address, "--ca-file", "ca.pem"]);
        assert_exit(&run, 64);
        assert!(run.stderr.contains("`ca.pem` names no authority") && run.stderr.contains(says), "{}", run.stderr);
        assert_exit(&sandbox.run(&["plan", "--system", &address, "--ca-file", "missing.pem"]), 64);
        assert!(listener.accept().is_err(), "somebody was asked");
    }
}
