//! Comparing what a command said with what a file expects. `…` stands for any text within a line,
//! also none; everything else is exact.

/// Whether a line fits a pattern.
pub fn fits(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.split('…');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = line.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The first difference, told so that it can be mended.
pub fn difference(expected: &[String], said: &str) -> Option<String> {
    let said: Vec<&str> = said.lines().map(str::trim_end).collect();
    let at =
        (0..expected.len().max(said.len())).find(|&at| match (expected.get(at), said.get(at)) {
            (Some(pattern), Some(line)) => !fits(pattern.trim_end(), line),
            _ => true,
        })?;
    Some(format!(
        "line {}: expected {:?}, said {:?}\n--- all that was said\n{}\n---",
        at + 1,
        expected.get(at).map_or("nothing more", String::as_str),
        said.get(at).copied().unwrap_or("nothing more"),
        said.join("\n")
    ))
}

#[test]
fn a_pattern_fits_what_it_says_and_nothing_else() {
    for (pattern, line) in [
        ("", ""),
        ("a", "a"),
        ("a…", "a"),
        ("…", "anything"),
        ("id …-… of b", "id 1-2-3 of b"),
        ("…b…", "abc"),
    ] {
        assert!(fits(pattern, line), "{pattern} | {line}");
    }
    for (pattern, line) in [("", "a"), ("a", "ab"), ("a…c", "ab"), ("…b", "abc"), ("a…a", "a")]
    {
        assert!(!fits(pattern, line), "{pattern} | {line}");
    }
}
