//! The README cannot rot: every command of it is run here, in order, in one shell, and what it says
//! is compared with what the README says.
//!
//! A block fenced as `sh` is run; a block fenced as `text` right after it is its output, standard
//! error included. The one exception is `cargo run --release -- demo`: the test starts the built
//! binary on a free port. In commands and outputs, the README's `127.0.0.1:8080` becomes that
//! address and `<token>` the printed token; `…` stands for any text within a line (identifiers,
//! dates). `make test` is what runs this test and is not run again.
#![expect(clippy::panic, reason = "a test stops at what should not happen")]

#[path = "running/lines.rs"]
mod lines;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

const README: &str = include_str!("../README.md");
const ADDRESS: &str = "127.0.0.1:8080";
const DEMO: &str = "cargo run --release -- demo";
const GATE: &str = "make test";
const BINARY: &str = env!("CARGO_BIN_EXE_bewijs");

struct Block {
    line: usize,
    command: String,
    output: Option<Vec<String>>,
}

fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<(&str, usize, Vec<String>)> = None;
    for (at, line) in README.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(kind)) => open = Some((kind, at + 1, Vec::new())),
            (None, None) => {}
            (Some((_, _, inside)), None) => inside.push(line.to_owned()),
            (Some(_), Some(_)) => {
                let (kind, line, inside) = open.take().expect("a block is open");
                match kind {
                    "sh" => {
                        blocks.push(Block { line, command: inside.join("\n"), output: None });
                    }
                    "text" => {
                        let last = blocks.last_mut().expect("an output follows a command");
                        assert!(last.output.is_none(), "line {line}: a second output");
                        last.output = Some(inside);
                    }
                    other => panic!("line {line}: a block is `sh` or `text`, not {other:?}"),
                }
            }
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the demonstration and reads as many lines as the README shows.
fn demonstrate(lines: usize, temporary: &Path) -> (Running, String) {
    let mut child = Command::new(BINARY)
        .env("TMPDIR", temporary)
        .args(["demo", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut running = Running { child, stdout };
    let mut said = String::new();
    for _ in 0..lines {
        running.stdout.read_line(&mut said).expect("the demonstration talks");
    }
    (running, said)
}

/// The word that follows a text.
fn after<'a>(said: &'a str, text: &str) -> &'a str {
    let at = said.find(text).unwrap_or_else(|| panic!("no {text:?} in {said}")) + text.len();
    said[at..].split_whitespace().next().expect("a word")
}

#[test]
fn every_command_of_the_readme_says_what_the_readme_says() {
    let blocks = blocks();
    let demo = blocks
        .iter()
        .find(|block| block.command == DEMO && block.output.is_some())
        .expect("the README shows the demonstration");
    let shown = demo.output.as_ref().expect("found by its output");
    let folder = tempfile::tempdir().expect("a folder");
    let (running, said) = demonstrate(shown.len(), folder.path());
    let address = after(&said, "http://").trim_end_matches('/').to_owned();
    let address = address.split('/').next().expect("a part").to_owned();
    let token = after(&said, "API token: ").to_owned();
    let said = said.replace(BINARY, "target/release/bewijs");
    let real = |text: &str| text.replace(ADDRESS, &address).replace("<token>", &token);
    let expected: Vec<String> = shown.iter().map(|line| real(line)).collect();
    if let Some(difference) = lines::difference(&expected, &said) {
        panic!("README line {}: {difference}", demo.line);
    }

    let walk: Vec<&Block> =
        blocks.iter().filter(|block| block.command != DEMO && block.command != GATE).collect();
    assert!(walk.len() >= 7, "issue, open, verify, change, revoke, open, verify: {}", walk.len());
    let mut script = String::from("exec 2>&1\n");
    for block in &walk {
        let _ = writeln!(script, "{}\necho '@@@ end'", real(&block.command));
    }
    // `target/release` of the README is where the binary under test is.
    let place = folder.path().join("target");
    std::fs::create_dir(&place).expect("a folder");
    let binaries = Path::new(BINARY).parent().expect("a folder");
    #[cfg(unix)]
    std::os::unix::fs::symlink(binaries, place.join("release")).expect("a link");
    let output = Command::new("bash")
        .env("LC_ALL", "C")
        .args(["-c", &script])
        .current_dir(folder.path())
        .output()
        .expect("bash runs");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let answers: Vec<&str> = said.split("@@@ end\n").collect();
    assert_eq!(answers.len(), walk.len() + 1, "every command came to its end: {said}");
    let mut faults = Vec::new();
    for (block, answer) in walk.iter().zip(answers) {
        let none = Vec::new();
        let expected: Vec<String> =
            block.output.as_ref().unwrap_or(&none).iter().map(|line| real(line)).collect();
        if let Some(difference) = lines::difference(&expected, answer) {
            faults.push(format!("README line {}: {}\n{difference}", block.line, block.command));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    drop(running);
}
