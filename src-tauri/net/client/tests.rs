//! The client against real sockets on this computer.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use super::*;

/// Answers each connection with the next text, then stops; gives back what was asked.
fn serve(answers: Vec<String>) -> (u16, thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = thread::spawn(move || {
        answers
            .into_iter()
            .map(|answer| {
                let (mut stream, _) = listener.accept().unwrap();
                let mut asked = Vec::new();
                let mut chunk = [0; 4096];
                while !asked.windows(4).any(|four| four == b"\r\n\r\n") {
                    let read = stream.read(&mut chunk).unwrap();
                    if read == 0 {
                        break;
                    }
                    asked.extend_from_slice(&chunk[..read]);
                }
                stream.write_all(answer.as_bytes()).unwrap();
                String::from_utf8_lossy(&asked).into_owned()
            })
            .collect()
    });
    (port, server)
}

fn ask(port: u16, path: &str) -> Result<Answer, NetError> {
    let address = Address::parse(&format!("http://127.0.0.1:{port}{path}")).unwrap();
    let client = Client::new(&address, "", Credentials::new("lefevre", "secret")).unwrap();
    client.send(&Request { method: "PROPFIND", address: &address, headers: &[("Depth", "0")], body: None })
}

fn plain(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
}

#[test]
fn a_request_carries_method_headers_and_credentials_and_the_answer_its_tag() {
    let (port, server) = serve(vec![plain("207 Multi-Status", "ETag: \"x\"\r\n", "<a/>")]);
    let answer = ask(port, "/agenda/").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (answer.status, answer.etag.as_deref(), answer.body.as_slice()),
        (207, Some("\"x\""), b"<a/>".as_slice())
    );
    let asked = server.join().unwrap().remove(0).to_ascii_lowercase();
    assert!(asked.starts_with("propfind /agenda/ http/1.1"));
    assert!(asked.contains("depth: 0") && asked.contains("authorization: basic bgvmzxzyztpzzwnyzxq="));
}

#[test]
fn a_redirect_inside_the_host_is_followed_and_another_host_never_asked() {
    let (port, server) = serve(vec![plain("301 Moved", "Location: /there/\r\n", ""), plain("200 OK", "", "here")]);
    assert_eq!(ask(port, "/").map(|answer| answer.body).ok(), Some(b"here".to_vec()));
    assert!(server.join().unwrap()[1].starts_with("PROPFIND /there/"));
    let (port, server) = serve(vec![plain("302 Found", "Location: https://evil.example.org/\r\n", "")]);
    assert_eq!(ask(port, "/").err(), Some(NetError::Redirected { host: "evil.example.org".to_owned() }));
    server.join().unwrap();
}

#[test]
fn endless_redirects_end() {
    let (port, server) = serve(vec![plain("307 Again", "Location: /\r\n", ""); 4]);
    assert_eq!(ask(port, "/").err(), Some(NetError::Garbled));
    server.join().unwrap();
}

#[test]
fn nobody_there_and_nonsense_are_told_apart() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_eq!(ask(port, "/").err(), Some(NetError::Unreachable));
    let (port, server) = serve(vec!["hello\r\n\r\n".to_owned()]);
    assert_eq!(ask(port, "/").err(), Some(NetError::Garbled));
    server.join().unwrap();
}

#[test]
fn an_authority_that_is_none_is_refused() {
    let address = Address::parse("https://dav.example.org/").unwrap();
    for bad in ["hello", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----"] {
        let made = Client::new(&address, bad, Credentials::new("a", "b"));
        assert_eq!(made.err(), Some(NetError::BadAuthority), "{bad}");
    }
}
