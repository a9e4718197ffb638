//! A client that costs the machine little: one connection, one request at a time. It knows as much of HTTP as the portal's answers
//! need (a status, a length, a body).

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A connection.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Where it leads.
    pub location: Option<String>,
    /// Its headers, their names in small letters.
    pub headers: Vec<(String, String)>,
    /// Its text.
    pub body: String,
    /// What came over the line for it.
    pub length: usize,
}

impl Client {
    /// Connects to `127.0.0.1:8630` or the like.
    pub async fn connect(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("the portal listens");
        stream.set_nodelay(true).expect("a socket");
        Self { stream, buffer: Vec::with_capacity(64 * 1024) }
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, "").await
    }

    /// Sends something.
    pub async fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        self.stream.write_all(request.as_bytes()).await.expect("the portal takes it");
        self.buffer.clear();
        let head = loop {
            if let Some(at) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            self.more().await;
        };
        let text = String::from_utf8_lossy(&self.buffer[..head]).into_owned();
        let status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let lines = text.lines().filter_map(|line| line.split_once(": "));
        let headers: Vec<(String, String)> =
            lines.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        let header = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        let length: usize = header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
        while self.buffer.len() < head + length {
            self.more().await;
        }
        let body = String::from_utf8_lossy(&self.buffer[head..head + length]).into_owned();
        Answer { status, location: header("location"), headers, body, length: head + length }
    }

    async fn more(&mut self) {
        let read = self.stream.read_buf(&mut self.buffer).await.expect("the portal answers");
        assert!(read > 0, "the portal hung up");
    }
}
