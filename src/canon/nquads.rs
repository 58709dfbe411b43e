//! Canonicalising an RDF dataset given as N-Quads: for conformance suites and comparison with other
//! processors. Credentials never come this way.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use thiserror::Error;

use super::dataset::{Dataset, Quad, Term};
use super::error::Fault;
use super::rdfc::{self, HashAlgorithm};
use super::set::Canonical;

/// Why a dataset has no canonical form here.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NQuadsError {
    /// Not N-Quads.
    #[error("line {line} is not N-Quads")]
    Syntax {
        /// The line, from one.
        line: usize,
    },
    /// Over a bound.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The canonical form of an N-Quads document (RDFC-1.0).
///
/// # Errors
/// [`NQuadsError`] for text that is not N-Quads, and for datasets beyond the bounds on work.
pub fn canonicalize(text: &str) -> Result<Canonical, NQuadsError> {
    canonicalize_with(text, HashAlgorithm::Sha256)
}

/// The same with a hash algorithm of choice.
///
/// # Errors
/// As [`canonicalize`].
pub fn canonicalize_with(text: &str, hash: HashAlgorithm) -> Result<Canonical, NQuadsError> {
    canonicalize_with_labels(text, hash).map(|(canonical, _)| canonical)
}

/// The canonical form, and the canonical identifier of each blank node of the input, both without
/// `_:` (RDFC-1.0, the issued identifiers map).
///
/// # Errors
/// As [`canonicalize`].
pub fn canonicalize_with_labels(
    text: &str,
    hash: HashAlgorithm,
) -> Result<(Canonical, BTreeMap<String, String>), NQuadsError> {
    let mut reader = Reader { dataset: Dataset::new(), labels: FxHashMap::default() };
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_matches([' ', '\t']);
        if !line.is_empty() && !line.starts_with('#') {
            reader.line(line).ok_or(NQuadsError::Syntax { line: index + 1 })??;
        }
    }
    let (canonical, numbers) = rdfc::canonicalize_with_labels(reader.dataset, hash)?;
    let number = |term| match term {
        Term::Blank(blank) => numbers.get(blank as usize).copied(),
        Term::Text { .. } | Term::DefaultGraph => None,
    };
    let labels = reader
        .labels
        .into_iter()
        .filter_map(|(label, term)| Some((label, format!("c14n{}", number(term)?))))
        .collect();
    Ok((canonical, labels))
}

struct Reader {
    dataset: Dataset,
    labels: FxHashMap<String, Term>,
}

impl Reader {
    /// One statement; nothing when it is not one.
    fn line(&mut self, line: &str) -> Option<Result<(), Fault>> {
        let mut rest = line;
        let mut terms = Vec::with_capacity(4);
        while !rest.starts_with('.') {
            if terms.len() == 4 {
                return None;
            }
            terms.push(self.term(&mut rest)?);
            rest = rest.trim_start_matches([' ', '\t']);
        }
        let after = rest.strip_prefix('.')?.trim_start_matches([' ', '\t']);
        if !(after.is_empty() || after.starts_with('#')) || terms.len() < 3 {
            return None;
        }
        let graph = terms.get(3).copied().unwrap_or(Term::DefaultGraph);
        let [subject, predicate, object] = [terms[0], terms[1], terms[2]];
        Some(self.dataset.push(Quad { subject, predicate, object, graph }))
    }

    fn term(&mut self, rest: &mut &str) -> Option<Term> {
        let text = *rest;
        if let Some(after) = text.strip_prefix("_:") {
            let end = after.find([' ', '\t']).unwrap_or(after.len());
            let (label, after) = after.split_at(end);
            *rest = after;
            if let Some(known) = self.labels.get(label) {
                return Some(*known);
            }
            let blank = self.dataset.fresh_blank();
            self.labels.insert(label.to_owned(), blank);
            return Some(blank);
        }
        if let Some(after) = text.strip_prefix('<') {
            let (iri, after) = after.split_once('>')?;
            *rest = after;
            return self.dataset.term(&["<", &unescape(iri)?, ">"]).ok();
        }
        let after = text.strip_prefix('"')?;
        let end = closing_quote(after)?;
        let lexical = unescape(&after[..end])?;
        let mut after = &after[end + 1..];
        let mut suffix = "";
        if after.starts_with('@') || after.starts_with("^^<") {
            let end = if after.starts_with('@') {
                after.find([' ', '\t'])?
            } else {
                after.find('>')? + 1
            };
            (suffix, after) = after.split_at(end);
        }
        *rest = after;
        if suffix == "^^<http://www.w3.org/2001/XMLSchema#string>" {
            suffix = "";
        }
        let suffix = unescape(suffix)?;
        self.dataset.literal(&lexical, &[&suffix]).ok()
    }
}

fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(index),
            _ => {}
        }
    }
    None
}

fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        let digits = match characters.next()? {
            't' => {
                out.push('\t');
                continue;
            }
            'b' => {
                out.push('\u{8}');
                continue;
            }
            'n' => {
                out.push('\n');
                continue;
            }
            'r' => {
                out.push('\r');
                continue;
            }
            'f' => {
                out.push('\u{c}');
                continue;
            }
            same @ ('"' | '\'' | '\\') => {
                out.push(same);
                continue;
            }
            'u' => 4,
            'U' => 8,
            _ => return None,
        };
        let mut code = 0;
        for _ in 0..digits {
            code = code * 16 + characters.next()?.to_digit(16)?;
        }
        out.push(char::from_u32(code)?);
    }
    Some(out)
}
