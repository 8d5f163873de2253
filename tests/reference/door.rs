//! A way to PostgreSQL that can be shut: everything on it is cut then.

use std::path::PathBuf;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, UnixStream};
use tokio::task::JoinSet;
use url::Url;

/// A way that is open.
pub(super) struct Door {
    way: Way,
    passing: JoinSet<()>,
}

/// From where to where.
pub(super) struct Way {
    socket: PathBuf,
    port: u16,
}

impl Door {
    /// A way to the database at this address, and the address at which it begins.
    pub(super) async fn to(database: &str) -> (Self, String) {
        let address = Url::parse(database).expect("an address");
        let folder = address.query_pairs().next().expect("a folder").1.into_owned();
        let door = Way { socket: PathBuf::from(folder).join(".s.PGSQL.5432"), port: 0 }.open().await;
        let through = format!("postgres://postgres@127.0.0.1:{}{}", door.way.port, address.path());
        (door, through)
    }

    /// Cuts whatever is on it.
    pub(super) async fn shut(mut self) -> Way {
        self.passing.shutdown().await;
        self.way
    }
}

impl Way {
    pub(super) async fn open(self) -> Door {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.expect("a free port");
        let way = Self { port: listener.local_addr().expect("an address").port(), ..self };
        let (socket, mut passing) = (way.socket.clone(), JoinSet::new());
        passing.spawn(async move {
            let mut passing = JoinSet::new();
            while let Ok((mut here, _)) = listener.accept().await {
                let mut there = UnixStream::connect(&socket).await.expect("PostgreSQL listens");
                passing.spawn(async move { drop(copy_bidirectional(&mut here, &mut there).await) });
            }
        });
        Door { way, passing }
    }
}
