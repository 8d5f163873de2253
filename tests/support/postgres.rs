//! A PostgreSQL of the tests' own: started for the first test that needs one, on a socket in a temporary folder, and
//! ended when this process ends, however it ends.
//!
//! Its texts sort as a Swede sorts them, so that whatever relies on the order of bytes has to say so.

use super::packages::need;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The user of whom PostgreSQL asks a password: `keeper`. Everybody else comes in without one.
pub(crate) const KEEPERS_PASSWORD: &str = "correct horse battery staple";

/// Waits at the end of a pipe whose other end this process holds: it closes when this process is gone, killed or not.
/// No test is about what PostgreSQL itself keeps through a crash of the machine, hence no `fsync`.
const KEEPING: &str = r#"
set -e
programs=$1 folder=$2
"$programs/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --no-sync --encoding=UTF8 \
    --locale=C.UTF-8 --locale-provider=icu --icu-locale=sv-SE >"$folder/initdb" 2>&1
printf 'local all keeper scram-sha-256\nlocal all all trust\n' >"$folder/data/pg_hba.conf"
"$programs/pg_ctl" --wait --silent --pgdata="$folder/data" --log="$folder/log" --options="-c listen_addresses='' \
    -k $folder -c fsync=off -c max_connections=300 -c shared_buffers=32MB" start >"$folder/start" 2>&1
echo ready
cat >/dev/null
"$programs/pg_ctl" --silent --pgdata="$folder/data" --mode=immediate stop
rm -rf "$folder"
"#;

static SERVER: LazyLock<Server> = LazyLock::new(Server::start);
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a new, empty database.
pub(crate) fn database() -> String {
    address("postgres", &SERVER.create())
}

/// The same, for the user whom PostgreSQL asks for [`KEEPERS_PASSWORD`]; the address does not say it.
pub(crate) fn keepers_database() -> String {
    let name = SERVER.create();
    SERVER.sql("postgres", &format!("ALTER DATABASE {name} OWNER TO keeper"));
    address("keeper", &name)
}

fn address(user: &str, database: &str) -> String {
    format!("postgres://{user}@localhost/{database}?host={}", SERVER.folder.display())
}

struct Server {
    folder: PathBuf,
    psql: PathBuf,
    /// Its standard input is the pipe.
    _keeper: Child,
}

impl Server {
    fn start() -> Self {
        let programs =
            need("initdb", "postgresql").canonicalize().expect("a program").parent().expect("a folder").to_owned();
        let folder = tempfile::Builder::new().prefix("clinicctl-postgres-").tempdir().expect("a folder").keep();
        let mut keeper = Command::new("/bin/sh");
        keeper.args(["-c", KEEPING, "sh"]).args([&programs, &folder]).current_dir("/").process_group(0);
        if let Some((user, group)) = unprivileged() {
            // PostgreSQL refuses to run as root.
            chown(&folder, Some(user), Some(group)).expect("root gives its folder away");
            keeper.uid(user).gid(group);
        }
        let mut keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell");
        let mut line = String::new();
        let said = BufReader::new(keeper.stdout.take().expect("stdout is piped")).read_line(&mut line);
        assert!(said.is_ok() && line == "ready\n", "PostgreSQL does not start: {}", why(&folder));
        let server = Self { folder, psql: programs.join("psql"), _keeper: keeper };
        server.sql("postgres", &format!("CREATE ROLE keeper LOGIN PASSWORD '{KEEPERS_PASSWORD}'"));
        server
    }

    fn create(&self) -> String {
        let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        name
    }

    fn sql(&self, database: &str, text: &str) {
        let mut psql = Command::new(&self.psql);
        psql.arg("--host").arg(&self.folder).args(["--username=postgres", "--no-psqlrc", "--quiet", database]);
        let output = psql.args(["--command", text]).output().expect("psql runs");
        assert!(output.status.success(), "{text}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// The ids of the user and the group `postgres`, where this process is root.
fn unprivileged() -> Option<(u32, u32)> {
    let id = |arguments: &[&str]| {
        let output = Command::new("/usr/bin/id").args(arguments).output().expect("id runs");
        String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number")
    };
    (id(&["-u"]) == 0).then(|| (id(&["-u", "postgres"]), id(&["-g", "postgres"])))
}

fn why(folder: &Path) -> String {
    ["initdb", "start", "log"].map(|name| std::fs::read_to_string(folder.join(name)).unwrap_or_default()).concat()
}
