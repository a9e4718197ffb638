//! The road between app and portal: TLS ends here, as at a reverse proxy, and every byte that passes on the app's side is counted, both
//! ways. The certificate is by an authority of its own, made by `openssl`.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};

/// What passed: bytes of TCP's contents, TLS and all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// From the app.
    pub out: u64,
    /// To the app.
    pub back: u64,
    /// Connections that were made.
    pub connections: u64,
}

impl Counts {
    /// What passed since.
    pub fn since(self, before: Self) -> Self {
        Self {
            out: self.out - before.out,
            back: self.back - before.back,
            connections: self.connections - before.connections,
        }
    }

    /// Both ways.
    pub fn bytes(self) -> u64 {
        self.out + self.back
    }
}

#[derive(Default)]
struct Counters {
    out: AtomicU64,
    back: AtomicU64,
    connections: AtomicU64,
}

/// The road. Its threads end with the process.
pub struct Road {
    port: u16,
    authority: String,
    counters: Arc<Counters>,
}

impl Road {
    /// A road to a port of this computer; none where no certificate can be made.
    pub fn to(far: u16) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        make_certificates(folder.path())?;
        let read = |name: &str| std::fs::read(folder.path().join(name)).expect("it was made");
        let config = Arc::new(config(&read("server.pem"), &read("server.key")));
        let authority = String::from_utf8(read("ca.pem")).expect("PEM is text");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let counters = Arc::new(Counters::default());
        let counted = Arc::clone(&counters);
        thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                counted.connections.fetch_add(1, Ordering::SeqCst);
                let (config, counted) = (Arc::clone(&config), Arc::clone(&counted));
                // Whoever hangs up ends the conversation; there is nobody to tell.
                thread::spawn(move || drop(carry(near, far, config, &counted)));
            }
        });
        Some(Self { port, authority, counters })
    }

    /// Where it begins.
    pub fn address(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    /// The certificate's authority.
    pub fn authority(&self) -> String {
        self.authority.clone()
    }

    /// What passed so far.
    pub fn counts(&self) -> Counts {
        let of = |counter: &AtomicU64| counter.load(Ordering::SeqCst);
        Counts {
            out: of(&self.counters.out),
            back: of(&self.counters.back),
            connections: of(&self.counters.connections),
        }
    }
}

/// The near end of a connection, and what TLS knows of it.
struct Near {
    session: ServerConnection,
    stream: TcpStream,
    counters: Arc<Counters>,
}

impl Near {
    /// Sends what is to be sent.
    fn flush(&mut self) -> io::Result<()> {
        while self.session.wants_write() {
            let written = self.session.write_tls(&mut self.stream)?;
            self.counters.back.fetch_add(written as u64, Ordering::SeqCst);
        }
        Ok(())
    }
}

/// Carries a connection until either end hangs up.
fn carry(mut stream: TcpStream, far: u16, config: Arc<ServerConfig>, counters: &Arc<Counters>) -> io::Result<()> {
    let mut far = TcpStream::connect(("127.0.0.1", far))?;
    stream.set_nodelay(true)?;
    far.set_nodelay(true)?;
    let session = ServerConnection::new(config).map_err(io::Error::other)?;
    let near = Near { session, stream: stream.try_clone()?, counters: Arc::clone(counters) };
    let near = Arc::new(Mutex::new(near));
    let (told, mut from_far) = (Arc::clone(&near), far.try_clone()?);
    let back = thread::spawn(move || -> io::Result<()> {
        let mut chunk = [0; 32 * 1024];
        loop {
            let read = from_far.read(&mut chunk)?;
            let mut near = told.lock().unwrap_or_else(PoisonError::into_inner);
            if read == 0 {
                near.session.send_close_notify();
                near.flush()?;
                return near.stream.shutdown(Shutdown::Write);
            }
            near.session.writer().write_all(&chunk[..read])?;
            near.flush()?;
        }
    });
    let mut chunk = [0; 32 * 1024];
    let mut plain = Vec::new();
    loop {
        let read = stream.read(&mut chunk)?;
        counters.out.fetch_add(read as u64, Ordering::SeqCst);
        plain.clear();
        {
            let mut near = near.lock().unwrap_or_else(PoisonError::into_inner);
            let mut rest = &chunk[..read];
            while !rest.is_empty() {
                near.session.read_tls(&mut rest)?;
                let state = near.session.process_new_packets().map_err(io::Error::other)?;
                let waiting = state.plaintext_bytes_to_read();
                let held = plain.len();
                plain.resize(held + waiting, 0);
                near.session.reader().read_exact(&mut plain[held..])?;
            }
            near.flush()?;
        }
        far.write_all(&plain)?;
        if read == 0 {
            far.shutdown(Shutdown::Write)?;
            break;
        }
    }
    back.join().map_err(|_| io::Error::other("the way back ended"))?
}

fn config(chain: &[u8], key: &[u8]) -> ServerConfig {
    let chain: Vec<CertificateDer<'static>> =
        CertificateDer::pem_slice_iter(chain).collect::<Result<_, _>>().expect("certificates");
    let key = PrivateKeyDer::from_pem_slice(key).expect("a key");
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider knows TLS 1.3")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("they belong together")
}

/// An authority, and a certificate of this computer by it; none where `openssl` is not there.
fn make_certificates(folder: &Path) -> Option<()> {
    let run = |arguments: &[&str]| {
        let done = Command::new("openssl").args(arguments).current_dir(folder).output().ok()?;
        assert!(done.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        Some(())
    };
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    let authority = ["req", "-x509", "-days", "30", "-subj", "/CN=Bench", "-keyout", "ca.key", "-out", "ca.pem"];
    run(&[&authority[..], &key[..]].concat())?;
    let wish = ["req", "-subj", "/CN=127.0.0.1", "-keyout", "server.key", "-out", "server.csr"];
    run(&[&wish[..], &key[..]].concat())?;
    std::fs::write(folder.join("names"), "subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n").expect("written");
    let signed = ["x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
    run(&[&signed[..], &["-days", "30", "-extfile", "names", "-out", "server.pem"]].concat())
}
