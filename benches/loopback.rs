//! One connection of a load generator: keep-alive, HTTP/1.1, answers with `Content-Length` only. It
//! measures nothing itself.

use actix_web::rt::net::TcpStream;
use std::net::SocketAddr;

/// One keep-alive connection. Reads answers that carry `Content-Length` and no others.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
    body_at: usize,
}

impl Client {
    pub async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server takes connections");
        stream.set_nodelay(true).expect("a TCP socket");
        Self { stream, buffer: Vec::with_capacity(32_768), body_at: 0 }
    }

    pub async fn exchange(&mut self, request: &[u8]) -> u16 {
        let mut sent = 0;
        while sent < request.len() {
            match self.stream.try_write(&request[sent..]) {
                Ok(n) => sent += n,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    self.stream.writable().await.expect("the connection lives");
                }
                Err(error) => panic!("cannot send: {error}"),
            }
        }
        self.buffer.clear();
        self.body_at = 0;
        let mut whole = usize::MAX;
        while self.buffer.len() < whole {
            self.stream.readable().await.expect("the connection lives");
            self.buffer.reserve(32_768);
            match self.stream.try_read_buf(&mut self.buffer) {
                Ok(0) => panic!("the server closed the connection after {}", self.text()),
                Ok(_) if whole == usize::MAX => whole = self.measure_head(),
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(error) => panic!("cannot receive: {error}"),
            }
        }
        std::str::from_utf8(&self.buffer[9..12]).expect("a status").parse().expect("a status")
    }

    /// The length of the whole answer, once its head is there.
    fn measure_head(&mut self) -> usize {
        let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") else {
            return usize::MAX;
        };
        self.body_at = end + 4;
        let head = std::str::from_utf8(&self.buffer[..end]).expect("a head is ASCII");
        let length: usize = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, value)| value.trim().parse().ok())
            .expect("the answer says its length");
        self.body_at + length
    }

    pub fn body(&self) -> &[u8] {
        &self.buffer[self.body_at..]
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.buffer).chars().take(2_000).collect()
    }
}
