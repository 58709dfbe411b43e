//! A running server for tests that drive the real binary, and the plainest HTTP/1.1 client that
//! can talk to it. Loopback only. Not an HTTP client for anything else: it reads answers that carry
//! `Content-Length` and refuses the rest.
#![expect(dead_code, reason = "each test file uses its own part")]

use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// The binary under test.
pub const BEWIJS: &str = env!("CARGO_BIN_EXE_bewijs");

/// An answer of the server.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }
}

/// One keep-alive connection.
pub struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Connection {
    pub fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self { stream: BufReader::new(stream), host: address.to_string() })
    }

    /// The same connection, to a server that has this name as well.
    pub fn named(self, host: &str) -> Self {
        Self { host: host.to_owned(), ..self }
    }

    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.host);
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() || method == "POST" {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        let mut bytes = request.into_bytes();
        bytes.extend_from_slice(body);
        self.stream.get_mut().write_all(&bytes)?;
        self.receive()
    }

    fn receive(&mut self) -> io::Result<Answer> {
        let mut head = String::new();
        loop {
            let start = head.len();
            if self.stream.read_line(&mut head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if head[start..].trim_end().is_empty() {
                break;
            }
        }
        let malformed = || io::Error::new(io::ErrorKind::InvalidData, head.clone());
        let status = head.get(9..12).and_then(|s| s.parse().ok()).ok_or_else(malformed)?;
        let mut answer = Answer { status, head: head.clone(), body: Vec::new() };
        let length: usize =
            answer.header("content-length").and_then(|n| n.parse().ok()).ok_or_else(malformed)?;
        answer.body = vec![0; length];
        self.stream.read_exact(&mut answer.body)?;
        Ok(answer)
    }
}

/// A demonstration that runs until it is dropped.
pub struct Demo {
    child: Child,
    pub address: SocketAddr,
    pub ready: Value,
}

impl Demo {
    /// Starts one in this folder and waits until it is ready.
    pub fn start(data: &Path) -> Self {
        Self::start_with(&["--data", data.to_str().expect("a path in UTF-8")])
    }

    /// Starts one that makes its temporary folder in this folder.
    pub fn start_in(temporary: &Path) -> Self {
        let mut command = Command::new(BEWIJS);
        command.env("TMPDIR", temporary).args(["demo", "--json", "--listen", "127.0.0.1:0"]);
        Self::wait_for(command)
    }

    /// Starts one with these further arguments, on a free port unless they say `--listen`.
    pub fn start_with(arguments: &[&str]) -> Self {
        let mut command = Command::new(BEWIJS);
        command.args(["demo", "--json"]).args(arguments);
        let kept = arguments
            .iter()
            .position(|argument| *argument == "--data")
            .and_then(|at| arguments.get(at + 1))
            .is_some_and(|folder| Path::new(folder).join("demo.json").exists());
        if !kept && !arguments.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        Self::wait_for(command)
    }

    fn wait_for(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the binary starts");
        let mut line = String::new();
        let stdout = child.stdout.as_mut().expect("a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|error| {
            let _ = child.kill();
            panic!("the demonstration said {line:?}: {error}")
        });
        let base = ready["baseUrl"].as_str().expect("a base URL");
        let address = base.trim_start_matches("http://").parse().expect("a loopback address");
        Self { child, address, ready }
    }

    pub fn base(&self) -> &str {
        self.ready["baseUrl"].as_str().expect("a base URL")
    }

    pub fn token(&self) -> &str {
        self.ready["token"].as_str().expect("a token")
    }

    pub fn issuer(&self) -> &str {
        self.ready["issuer"].as_str().expect("an issuer")
    }

    /// The addresses of the certificates that it issued at its start.
    pub fn credentials(&self) -> Vec<String> {
        let listed = self.ready["credentials"].as_array().expect("credentials");
        listed.iter().map(|c| c["url"].as_str().expect("a URL").to_owned()).collect()
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    pub fn connect(&self) -> Connection {
        Connection::open(self.address).expect("the server takes connections")
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("it was running");
        self.child.wait().expect("it is gone");
    }

    /// Sends it a signal, without waiting.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.child.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(sent.success());
    }

    /// Asks it to stop, as an operator does, and waits.
    pub fn stop(self) -> ExitStatus {
        self.signal("TERM");
        self.ended()
    }

    /// Waits for its end.
    pub fn ended(mut self) -> ExitStatus {
        let until = Instant::now() + Duration::from_secs(30);
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                return status;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the server does not stop");
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The path of an address of this server.
pub fn path_of(url: &str) -> &str {
    let after = url.split_once("://").expect("an absolute URL").1;
    &after[after.find('/').expect("a path")..]
}
