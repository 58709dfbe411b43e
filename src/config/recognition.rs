//! The register of recognised issuers: a file that the operator keeps, of who is recognised by whom
//! and in which periods. `deploy/recognised-issuers.example.toml` explains it.
//!
//! Read once, at the start. Every fault is told at once, each with its place. Whether an issuer was
//! recognised on the day of a certificate is judged by verification, not here.

use super::ConfigError;
use crate::model::Date;
use std::collections::HashSet;
use std::path::Path;
use toml::{Table, Value};
use url::Url;

const MAX_BYTES: u64 = 8 * 1_048_576;
const MAX_ISSUERS: usize = 20_000;
const MAX_PERIODS: usize = 64;
const MAX_TEXT: usize = 300;
/// So many faults are told of one file.
const MAX_FAULTS: usize = 50;

/// An issuer of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognisedIssuer {
    /// `issuer.id` in its certificates: a DID, or an https URL.
    pub id: String,
    /// Its name, for the reader of the file.
    pub name: String,
    /// By whom, and when.
    pub periods: Vec<RecognisedPeriod>,
}

/// A period of recognition, in days (UTC); both ends count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognisedPeriod {
    /// Who recognises.
    pub by: String,
    /// https URL at which that can be read.
    pub source: String,
    /// The first day.
    pub from: Date,
    /// The last day; open when absent.
    pub until: Option<Date>,
}

/// Reads the file.
pub(super) fn load(path: &Path) -> Result<Vec<RecognisedIssuer>, ConfigError> {
    let unreadable =
        |fault: String| ConfigError::Recognition { path: path.to_owned(), faults: vec![fault] };
    let length = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if length > MAX_BYTES {
        return Err(unreadable(format!("larger than {MAX_BYTES} bytes")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    parse(&text).map_err(|faults| ConfigError::Recognition { path: path.to_owned(), faults })
}

/// Reads the text of the file, or says all that is wrong with it.
pub(super) fn parse(text: &str) -> Result<Vec<RecognisedIssuer>, Vec<String>> {
    let table: Table = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or("");
        vec![format!("line {}: {}", before.matches('\n').count() + 1, error.message())]
    })?;
    let mut faults = Faults(Vec::new());
    let mut issuers = Vec::new();
    let mut known = HashSet::new();
    faults.unknown("", &table, &["issuer"]);
    let entries = faults.list("issuer", table.get("issuer"), MAX_ISSUERS);
    for (index, entry) in entries.iter().enumerate() {
        let place = format!("issuer[{index}]");
        let Some(entry) = faults.table(&place, entry) else { continue };
        faults.unknown(&place, entry, &["id", "name", "period"]);
        let id = faults.text(&place, entry, "id");
        if !id.is_empty() && !is_issuer(&id) {
            faults.add(format!("{place}.id: is neither a DID nor an https URL"));
        }
        if !id.is_empty() && !known.insert(id.clone()) {
            faults.add(format!("{place}.id: stands in the file twice"));
        }
        let name = faults.text(&place, entry, "name");
        let periods = faults.periods(&place, entry);
        issuers.push(RecognisedIssuer { id, name, periods });
    }
    if faults.0.is_empty() { Ok(issuers) } else { Err(faults.0) }
}

/// A DID without path and fragment, or an https URL.
fn is_issuer(id: &str) -> bool {
    if let Some(rest) = id.strip_prefix("did:") {
        let mut parts = rest.splitn(2, ':');
        let method = parts.next().unwrap_or_default();
        return !method.is_empty()
            && method.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            && parts.next().is_some_and(|name| {
                let plain = |b: u8| b.is_ascii_alphanumeric() || b":._-%".contains(&b);
                !name.is_empty() && name.bytes().all(plain)
            });
    }
    is_https(id) && !id.contains('#')
}

fn is_https(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.has_host())
}

struct Faults(Vec<String>);

impl Faults {
    fn add(&mut self, fault: String) {
        if self.0.len() < MAX_FAULTS {
            self.0.push(fault);
        }
    }

    fn unknown(&mut self, place: &str, table: &Table, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.as_str())) {
            let dot = if place.is_empty() { "" } else { "." };
            self.add(format!("{place}{dot}{key}: unknown; known here: {}", known.join(", ")));
        }
    }

    fn list<'a>(&mut self, place: &str, value: Option<&'a Value>, most: usize) -> &'a [Value] {
        match value {
            None => &[],
            Some(Value::Array(all)) if all.len() <= most => all,
            Some(Value::Array(_)) => {
                self.add(format!("{place}: more than {most}"));
                &[]
            }
            Some(_) => {
                self.add(format!("{place}: write it as [[{place}]]"));
                &[]
            }
        }
    }

    fn table<'a>(&mut self, place: &str, value: &'a Value) -> Option<&'a Table> {
        let table = value.as_table();
        if table.is_none() {
            self.add(format!("{place}: is no table"));
        }
        table
    }

    fn text(&mut self, place: &str, table: &Table, key: &str) -> String {
        let text = table.get(key).and_then(Value::as_str).unwrap_or_default();
        let fault = match table.get(key) {
            None => Some("is missing"),
            Some(value) if !value.is_str() => Some("is no text"),
            Some(_) if text.trim().is_empty() => Some("is empty"),
            Some(_) if text.len() > MAX_TEXT => Some("is too long"),
            Some(_) if text.chars().any(char::is_control) || text.trim() != text => {
                Some("has white space around it or control characters in it")
            }
            Some(_) => None,
        };
        if let Some(fault) = fault {
            self.add(format!("{place}.{key}: {fault}"));
        }
        text.to_owned()
    }

    fn date(&mut self, place: &str, table: &Table, key: &str) -> Option<Date> {
        let text = match table.get(key)? {
            Value::String(text) => text.clone(),
            Value::Datetime(moment) => moment.to_string(),
            _ => String::new(),
        };
        let date = text.parse().ok();
        if date.is_none() {
            self.add(format!("{place}.{key}: is no date such as 2026-01-31"));
        }
        date
    }

    fn periods(&mut self, issuer: &str, entry: &Table) -> Vec<RecognisedPeriod> {
        let mut periods: Vec<RecognisedPeriod> = Vec::new();
        let all = self.list(&format!("{issuer}.period"), entry.get("period"), MAX_PERIODS);
        if all.is_empty() {
            self.add(format!("{issuer}.period: there is none"));
        }
        for (index, period) in all.iter().enumerate() {
            let place = format!("{issuer}.period[{index}]");
            let Some(period) = self.table(&place, period) else { continue };
            self.unknown(&place, period, &["by", "source", "from", "until"]);
            let by = self.text(&place, period, "by");
            let source = self.text(&place, period, "source");
            if !source.is_empty() && !is_https(&source) {
                self.add(format!("{place}.source: is no https URL"));
            }
            let from = self.date(&place, period, "from");
            let until = self.date(&place, period, "until");
            let Some(from) = from else {
                if !period.contains_key("from") {
                    self.add(format!("{place}.from: is missing"));
                }
                continue;
            };
            if until.is_some_and(|until| until < from) {
                self.add(format!("{place}.until: lies before from"));
            }
            let last = |until: Option<Date>, day: Date| until.is_none_or(|until| day <= until);
            let overlaps = |other: &RecognisedPeriod| {
                other.by == by && last(other.until, from) && last(until, other.from)
            };
            if periods.iter().any(overlaps) {
                self.add(format!("{place}: overlaps with another period of the same recogniser"));
            }
            periods.push(RecognisedPeriod { by, source, from, until });
        }
        periods
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../deploy/recognised-issuers.example.toml");

    #[test]
    fn the_example_is_a_register() {
        let issuers = parse(EXAMPLE).expect("a register");
        assert_eq!(issuers.len(), 2);
        assert_eq!(issuers[0].id, "did:web:badges.voorbeeld-hogeschool.example");
        assert_eq!(issuers[0].periods.len(), 2);
        assert_eq!(issuers[0].periods[1].until, None);
    }

    #[test]
    fn nobody_is_recognised_by_an_empty_file() {
        assert_eq!(parse(""), Ok(Vec::new()));
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_place() {
        let faults = parse(
            "title = 1\n\
             [[issuer]]\nid = \"voorbeeld\"\nname = \"\"\nurl = \"x\"\n\
             [[issuer.period]]\nby = \" A\"\nsource = \"http://a.example\"\nfrom = 2026-02-30\n\
             [[issuer]]\nid = \"did:web:a.example\"\nname = \"A\"\n\
             [[issuer]]\nid = \"did:web:a.example\"\nname = \"A\"\n\
             [[issuer.period]]\nby = \"B\"\nsource = \"https://b.example\"\nfrom = 2026-01-02\nuntil = \"2026-01-01\"\n\
             [[issuer.period]]\nby = \"B\"\nsource = \"https://b.example\"\nuntil = 3\n",
        );
        // TOML itself knows no 30 February.
        assert_eq!(faults.expect_err("no date").len(), 1);
        let faults = parse(
            "title = 1\n\
             [[issuer]]\nid = \"voorbeeld\"\nname = \"\"\nurl = \"x\"\n\
             [[issuer.period]]\nby = \" A\"\nsource = \"http://a.example\"\nfrom = \"2026-02-30\"\n\
             [[issuer]]\nid = \"did:web:a.example\"\nname = \"A\"\n\
             [[issuer]]\nid = \"did:web:a.example\"\nname = \"A\"\n\
             [[issuer.period]]\nby = \"B\"\nsource = \"https://b.example\"\nfrom = 2026-01-02\nuntil = \"2026-01-01\"\n\
             [[issuer.period]]\nby = \"B\"\nsource = \"https://b.example\"\nuntil = 3\n",
        )
        .expect_err("faults");
        for place in [
            "title: unknown",
            "issuer[0].url: unknown",
            "issuer[0].id: is neither",
            "issuer[0].name: is empty",
            "issuer[0].period[0].by: has white space",
            "issuer[0].period[0].source: is no https",
            "issuer[0].period[0].from: is no date",
            "issuer[1].period: there is none",
            "issuer[2].id: stands in the file twice",
            "issuer[2].period[0].until: lies before",
            "issuer[2].period[1].until: is no date",
            "issuer[2].period[1].from: is missing",
        ] {
            assert!(faults.iter().any(|fault| fault.starts_with(place)), "{place}: {faults:#?}");
        }
        assert_eq!(faults.len(), 12, "{faults:#?}");
    }

    #[test]
    fn periods_of_one_recogniser_do_not_overlap() {
        let register = |second: &str| {
            parse(&format!(
                "[[issuer]]\nid = \"https://a.example/issuer\"\nname = \"A\"\n\
                 [[issuer.period]]\nby = \"B\"\nsource = \"https://b.example\"\n\
                 from = 2020-01-01\nuntil = 2020-12-31\n[[issuer.period]]\n{second}\n\
                 source = \"https://b.example\"\n"
            ))
        };
        assert!(register("by = \"B\"\nfrom = 2021-01-01").is_ok());
        assert!(register("by = \"C\"\nfrom = 2020-06-01").is_ok());
        assert!(register("by = \"B\"\nfrom = 2020-12-31").is_err());
        assert!(register("by = \"B\"\nfrom = 2019-01-01").is_err());
    }

    #[test]
    fn what_is_no_issuer_is_refused() {
        for id in ["did:web:a.example:x", "did:key:z6Mk", "https://a.example", "did:web:a%3A80"] {
            assert!(is_issuer(id), "{id}");
        }
        for id in [
            "",
            "did:",
            "did:web",
            "did:web:",
            "did:Web:a",
            "did:web:a#b",
            "did:web:a/b",
            "http://a.example",
            "https://",
            "a.example",
            "https://a.example/#b",
            "urn:x:y",
        ] {
            assert!(!is_issuer(id), "{id}");
        }
    }

    #[test]
    fn a_file_that_is_no_toml_says_the_line() {
        let faults = parse("[[issuer]]\nid = \n").expect_err("no TOML");
        assert!(faults[0].starts_with("line 2: "), "{faults:?}");
        assert!(parse("issuer = 1").is_err());
        assert!(parse("issuer = [1]").is_err());
    }
}
