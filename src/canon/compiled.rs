//! The canonical form of one definition's credentials, compiled once.
//!
//! Credentials of one definition differ in a few values. From one of them and a list of places
//! (*holes*) everything else is worked out beforehand: constant lines sorted, first-degree hashes of
//! the blank nodes that no hole touches. Filling the holes hashes the other blank nodes, numbers
//! them all as RDFC-1.0 does (ties included), and merges.
//!
//! It does not know what a credential is. Where a filling could change more than the text of its
//! own lines, it says [`FillError::NeedsGeneralEngine`], and the caller must use
//! [`ContextSet::canonicalize`].

use std::cmp::Ordering;
use std::ops::Range;

use serde_json::Value;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::dataset::{Dataset, Quad, Term, escape};
use super::error::CanonError;
use super::rdfc::{self, Hash, Lines, Mentions};
use super::set::{ContextSet, View};
use super::{iri, jcs};

/// What may be put in a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoleKind {
    /// An absolute IRI that is an identifier; of the same scheme as in the example.
    Iri,
    /// Any string that is a literal.
    Text,
}

/// A place that differs from credential to credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// JSON Pointer to a string of the example.
    pub pointer: String,
    /// What it holds.
    pub kind: HoleKind,
}

/// Why a document cannot be compiled.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CompileError {
    /// The example itself has no canonical form.
    #[error(transparent)]
    Canon(#[from] CanonError),
    /// A hole does not name a string, or names one twice.
    #[error("the hole {pointer} is not one string of the example")]
    NotAString {
        /// The hole.
        pointer: String,
    },
    /// A hole is not used as its kind says, or its value decides how other members are read.
    #[error("the hole {pointer} is not used as a value of its kind")]
    Misused {
        /// The hole.
        pointer: String,
    },
    /// Named graphs are not compiled.
    #[error("a document with named graphs cannot be compiled")]
    NamedGraph,
    /// A filling came out differently from the general engine. Never use such a definition.
    #[error("compiled and general form differ")]
    Disagrees,
}

/// Why a filling was not made.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FillError {
    /// Not as many values as holes.
    #[error("{given} values for {holes} holes")]
    Count {
        /// Values given.
        given: usize,
        /// Holes there are.
        holes: usize,
    },
    /// A value for an identifier is not an absolute IRI of the expected scheme.
    #[error("the value for {pointer} is not an IRI of the scheme that the example has there")]
    NotAnIri {
        /// The hole.
        pointer: String,
    },
    /// These values make quads equal or cost too much: canonicalise the whole document instead.
    #[error("these values need the general engine")]
    NeedsGeneralEngine,
}

/// A filled definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// SHA-256 of the canonical N-Quads.
    pub sha256: [u8; 32],
    /// The document as compact JSON, without its final `}`, so that a proof can be appended.
    pub json: String,
}

/// A term of a compiled line.
#[derive(Clone, Debug)]
enum Part {
    /// Written out, and followed by a space.
    Text(Box<str>),
    Blank(u32),
    Iri(usize),
    /// A literal, with its datatype or language.
    Literal(usize, Box<str>),
}

impl Part {
    fn blank(&self) -> Option<u32> {
        match self {
            Self::Blank(blank) => Some(*blank),
            _ => None,
        }
    }

    fn hole(&self) -> bool {
        matches!(self, Self::Iri(_) | Self::Literal(..))
    }
}

/// A line that a filling writes. What follows the subject is one text when it is constant.
#[derive(Clone, Debug)]
struct Line {
    subject: Part,
    /// Predicate and a space; with the object and the end of the line when that is constant.
    middle: Box<str>,
    object: Option<Part>,
}

/// A blank node that a hole touches: what is hashed for it.
#[derive(Clone, Debug)]
struct Variable {
    blank: u32,
    lines: Vec<Line>,
}

/// The lines of one blank node as subject; constant ones sorted.
#[derive(Clone, Debug, Default)]
struct Block {
    lines: Vec<Line>,
    constant: bool,
}

/// Text with holes.
#[derive(Clone, Debug)]
enum Piece {
    Text(Box<str>),
    Hole(usize),
}

/// A compiled definition. Immutable; share it.
#[derive(Debug)]
pub struct CompiledDocument {
    pub(super) example: Value,
    pub(super) holes: Vec<Hole>,
    /// What an IRI in each hole begins with: scheme and colon, with `//` if the example has it.
    pub(super) schemes: Vec<String>,
    dataset: Dataset,
    mentions: Mentions,
    constant_hashes: Vec<(Hash, u32)>,
    variables: Vec<Variable>,
    /// Whole lines, sorted.
    constant_lines: Vec<Box<str>>,
    /// Lines of which the subject is an IRI.
    iri_lines: Vec<Line>,
    /// By blank node.
    blocks: Vec<Block>,
    json: Vec<Piece>,
    length: usize,
}

impl CompiledDocument {
    /// Compiles the form of all documents that differ from `example` in the holes only.
    ///
    /// # Errors
    /// [`CompileError`] when the example is refused by the set or a hole is not a plain value.
    pub fn compile(
        set: &ContextSet,
        example: &Value,
        holes: Vec<Hole>,
    ) -> Result<Self, CompileError> {
        let marker = unused_marker(example);
        let mut document = example.clone();
        let mut sentinels: Vec<String> = Vec::with_capacity(holes.len());
        let mut schemes = Vec::with_capacity(holes.len());
        for (index, hole) in holes.iter().enumerate() {
            let not_a_string = || CompileError::NotAString { pointer: hole.pointer.clone() };
            let place = document.pointer_mut(&hole.pointer).ok_or_else(not_a_string)?;
            let text = place.as_str().ok_or_else(not_a_string)?;
            if sentinels.iter().any(|known| known == text) {
                return Err(not_a_string());
            }
            let scheme = match hole.kind {
                HoleKind::Text => String::new(),
                HoleKind::Iri => scheme(text)
                    .ok_or_else(|| CompileError::Misused { pointer: hole.pointer.clone() })?
                    .to_owned(),
            };
            let sentinel = format!("{scheme}{marker}{index:04}.");
            *place = Value::String(sentinel.clone());
            sentinels.push(sentinel);
            schemes.push(scheme);
        }
        let mut dataset = set.dataset(&document, View::default())?;
        rdfc::drop_duplicates(&mut dataset);
        let mentions = Mentions::of(&dataset);
        let mut compiled = Self {
            example: example.clone(),
            json: pieces(&document, &sentinels),
            holes,
            schemes,
            mentions,
            constant_hashes: Vec::new(),
            variables: Vec::new(),
            constant_lines: Vec::new(),
            iri_lines: Vec::new(),
            blocks: vec![Block { lines: Vec::new(), constant: true }; dataset.blanks()],
            length: 0,
            dataset,
        };
        compiled.sort_lines(&sentinels, &marker)?;
        Ok(compiled)
    }

    /// How many holes there are.
    pub fn holes(&self) -> &[Hole] {
        &self.holes
    }

    fn sort_lines(&mut self, sentinels: &[String], marker: &str) -> Result<(), CompileError> {
        let mut lines = Vec::with_capacity(self.dataset.quads.len());
        for quad in &self.dataset.quads {
            lines.push(self.line(quad, sentinels, marker)?);
        }
        let mut first_degree = Lines::default();
        for blank in 0..self.dataset.blanks() as u32 {
            let of_blank = self.mentions.of_blank(blank);
            if of_blank.is_empty() {
                continue;
            }
            let own: Vec<Line> = of_blank.iter().map(|i| lines[*i as usize].clone()).collect();
            let touched =
                |line: &Line| line.subject.hole() || line.object.as_ref().is_some_and(Part::hole);
            if own.iter().any(touched) {
                self.variables.push(Variable { blank, lines: own });
            } else {
                // Duplicates are gone, so that there is a hash.
                let hash =
                    first_degree.first_degree::<Sha256>(&self.dataset, &self.mentions, blank);
                self.constant_hashes.push((hash.ok_or(CompileError::Disagrees)?, blank));
            }
        }
        for line in lines {
            self.length += line.middle.len() + 220;
            match (&line.subject, &line.object) {
                (Part::Blank(blank), object) => {
                    let block = &mut self.blocks[*blank as usize];
                    block.constant &= object.is_none();
                    block.lines.push(line);
                }
                (Part::Text(subject), None) => {
                    self.constant_lines.push(format!("{subject}{}", line.middle).into());
                }
                _ => self.iri_lines.push(line),
            }
        }
        for block in &mut self.blocks {
            block.lines.sort_by(|a, b| a.middle.cmp(&b.middle));
        }
        self.constant_lines.sort_unstable();
        self.constant_lines.dedup();
        Ok(())
    }

    fn line(&self, quad: &Quad, sentinels: &[String], marker: &str) -> Result<Line, CompileError> {
        if quad.graph != Term::DefaultGraph {
            return Err(CompileError::NamedGraph);
        }
        let subject = self.part(quad.subject, sentinels, marker)?;
        let object = self.part(quad.object, sentinels, marker)?;
        let Part::Text(predicate) = self.part(quad.predicate, sentinels, marker)? else {
            return Err(CompileError::NamedGraph);
        };
        // A type decides how other members are read.
        if let Part::Iri(hole) = &object
            && predicate.starts_with("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")
        {
            return Err(CompileError::Misused { pointer: self.holes[*hole].pointer.clone() });
        }
        Ok(match object {
            Part::Text(object) => {
                Line { subject, middle: format!("{predicate}{object}.\n").into(), object: None }
            }
            other => Line { subject, middle: predicate, object: Some(other) },
        })
    }

    fn part(&self, term: Term, sentinels: &[String], marker: &str) -> Result<Part, CompileError> {
        if let Term::Blank(blank) = term {
            return Ok(Part::Blank(blank));
        }
        let text = self.dataset.text(term);
        if !text.contains(marker) {
            return Ok(Part::Text(format!("{text} ").into()));
        }
        for (index, sentinel) in sentinels.iter().enumerate() {
            if !text.contains(sentinel.as_str()) {
                continue;
            }
            let inner = text.strip_prefix(['<', '"']).and_then(|t| t.strip_prefix(sentinel));
            match (self.holes[index].kind, inner) {
                (HoleKind::Iri, Some(">")) => return Ok(Part::Iri(index)),
                (HoleKind::Text, Some(rest)) if text.starts_with('"') => {
                    if let Some(suffix) = rest.strip_prefix('"')
                        && !suffix.contains(marker)
                    {
                        return Ok(Part::Literal(index, format!("\"{suffix} ").into()));
                    }
                }
                _ => {}
            }
            return Err(CompileError::Misused { pointer: self.holes[index].pointer.clone() });
        }
        Err(CompileError::Disagrees)
    }

    /// Puts values in the holes, in their order.
    ///
    /// # Errors
    /// [`FillError`]; on [`FillError::NeedsGeneralEngine`] canonicalise the document itself.
    pub fn fill(&self, values: &[&str]) -> Result<Filled, FillError> {
        let nquads = self.nquads(values)?;
        Ok(Filled { sha256: Sha256::digest(nquads.as_bytes()).into(), json: self.text(values) })
    }

    /// The canonical N-Quads of a filling.
    ///
    /// # Errors
    /// As [`Self::fill`].
    pub fn nquads(&self, values: &[&str]) -> Result<String, FillError> {
        self.check(values)?;
        let mut filling = Filling { values, text: String::with_capacity(4096), spans: Vec::new() };
        // First-degree hashes, and from them the numbers of all blank nodes.
        let mut hashes = Vec::with_capacity(self.constant_hashes.len() + self.variables.len());
        hashes.extend_from_slice(&self.constant_hashes);
        for variable in &self.variables {
            let name = |blank: u32, out: &mut String| {
                out.push_str(if blank == variable.blank { "_:a " } else { "_:z " });
            };
            filling.write(&variable.lines, name);
            if filling.has_duplicates(&variable.lines) {
                return Err(FillError::NeedsGeneralEngine);
            }
            let mut hasher = Sha256::new();
            filling.each(|line| hasher.update(line));
            hashes.push((hasher.finalize().into(), variable.blank));
        }
        let labels = rdfc::assign::<Sha256>(&self.dataset, &self.mentions, hashes)
            .map_err(|_| FillError::NeedsGeneralEngine)?;
        let mut out = String::with_capacity(self.length);
        let name = |blank: u32, out: &mut String| {
            out.push_str("_:c14n");
            out.push_str(itoa::Buffer::new().format(labels[blank as usize]));
            out.push(' ');
        };
        // IRIs as subjects come before blank nodes.
        filling.write(&self.iri_lines, name);
        let mut constant = self.constant_lines.iter().map(|line| &**line).peekable();
        let mut last = 0..0;
        for (span, _) in &filling.spans {
            let line = &filling.text[span.clone()];
            if line == &filling.text[last.clone()] {
                continue;
            }
            last = span.clone();
            while let Some(next) = constant.peek() {
                match (*next).cmp(line) {
                    Ordering::Less => out.push_str(next),
                    Ordering::Equal => {}
                    Ordering::Greater => break,
                }
                constant.next();
            }
            out.push_str(line);
        }
        constant.for_each(|line| out.push_str(line));
        // Then each blank node's own lines, by the text of its number.
        let mut order: Vec<(String, u32)> = (0..self.blocks.len() as u32)
            .filter(|blank| !self.blocks[*blank as usize].lines.is_empty())
            .map(|blank| {
                let mut label = String::with_capacity(12);
                name(blank, &mut label);
                (label, blank)
            })
            .collect();
        order.sort_unstable();
        for (label, blank) in order {
            let block = &self.blocks[blank as usize];
            if block.constant {
                for line in &block.lines {
                    out.push_str(&label);
                    out.push_str(&line.middle);
                }
            } else {
                filling.write(&block.lines, name);
                filling.each_text(|line| out.push_str(line));
            }
        }
        Ok(out)
    }

    fn check(&self, values: &[&str]) -> Result<(), FillError> {
        if values.len() != self.holes.len() {
            return Err(FillError::Count { given: values.len(), holes: self.holes.len() });
        }
        for ((hole, scheme), value) in self.holes.iter().zip(&self.schemes).zip(values) {
            let good = match hole.kind {
                HoleKind::Text => true,
                HoleKind::Iri => {
                    value
                        .strip_prefix(scheme.as_str())
                        .is_some_and(|rest| scheme.ends_with("//") || !rest.starts_with("//"))
                        && iri::is_absolute(value)
                }
            };
            if !good {
                return Err(FillError::NotAnIri { pointer: hole.pointer.clone() });
            }
        }
        Ok(())
    }

    /// The filled document as compact JSON, without its final brace.
    fn text(&self, values: &[&str]) -> String {
        let mut out = String::with_capacity(self.length / 2);
        for piece in &self.json {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Hole(hole) => jcs::write_escaped(values[*hole], &mut out),
            }
        }
        out
    }
}

/// Lines being written for one filling.
struct Filling<'v> {
    values: &'v [&'v str],
    text: String,
    /// Where each line stands, and which of the lines written it is.
    spans: Vec<(Range<usize>, usize)>,
}

impl Filling<'_> {
    /// Writes lines and sorts them.
    fn write(&mut self, lines: &[Line], name: impl Fn(u32, &mut String)) {
        self.text.clear();
        self.spans.clear();
        for (index, line) in lines.iter().enumerate() {
            let start = self.text.len();
            self.part(&line.subject, &name);
            self.text.push_str(&line.middle);
            if let Some(object) = &line.object {
                self.part(object, &name);
                self.text.push_str(".\n");
            }
            self.spans.push((start..self.text.len(), index));
        }
        let text = &self.text;
        self.spans.sort_unstable_by(|a, b| text[a.0.clone()].cmp(&text[b.0.clone()]));
    }

    fn part(&mut self, part: &Part, name: &impl Fn(u32, &mut String)) {
        match part {
            Part::Text(text) => self.text.push_str(text),
            Part::Blank(blank) => name(*blank, &mut self.text),
            Part::Iri(hole) => {
                self.text.push('<');
                self.text.push_str(self.values[*hole]);
                self.text.push_str("> ");
            }
            Part::Literal(hole, suffix) => {
                self.text.push('"');
                escape(self.values[*hole], &mut self.text);
                self.text.push_str(suffix);
            }
        }
    }

    /// Whether these lines have become one quad written twice: equal in text and in blank nodes.
    fn has_duplicates(&self, lines: &[Line]) -> bool {
        let text = |span: &(Range<usize>, usize)| &self.text[span.0.clone()];
        let blanks = |span: &(Range<usize>, usize)| {
            let line = &lines[span.1];
            (line.subject.blank(), line.object.as_ref().and_then(Part::blank))
        };
        self.spans.chunk_by(|a, b| text(a) == text(b)).any(|group| {
            group.iter().enumerate().any(|(index, one)| {
                group[index + 1..].iter().any(|other| blanks(one) == blanks(other))
            })
        })
    }

    fn each(&self, mut call: impl FnMut(&[u8])) {
        for (span, _) in &self.spans {
            call(&self.text.as_bytes()[span.clone()]);
        }
    }

    fn each_text(&self, mut call: impl FnMut(&str)) {
        for (span, _) in &self.spans {
            call(&self.text[span.clone()]);
        }
    }
}

/// Scheme and colon of an absolute IRI, with `//` where that follows.
fn scheme(text: &str) -> Option<&str> {
    if !iri::is_absolute(text) {
        return None;
    }
    let colon = text.find(':')? + 1;
    let end = if text[colon..].starts_with("//") { colon + 2 } else { colon };
    Some(&text[..end])
}

/// A word that does not occur in a document.
fn unused_marker(document: &Value) -> String {
    let text = document.to_string();
    let mut number = 0_u32;
    loop {
        let marker = format!("x-hole-{number}-");
        if !text.contains(&marker) {
            return marker;
        }
        number += 1;
    }
}

/// The compact text of a document without its final brace, cut at the holes.
fn pieces(document: &Value, sentinels: &[String]) -> Vec<Piece> {
    let text = document.to_string();
    let mut rest = text.strip_suffix('}').unwrap_or(&text);
    let mut pieces = Vec::new();
    loop {
        let next = sentinels
            .iter()
            .enumerate()
            .filter_map(|(index, sentinel)| rest.find(sentinel.as_str()).map(|at| (at, index)))
            .min();
        let Some((at, index)) = next else { break };
        pieces.push(Piece::Text(rest[..at].into()));
        pieces.push(Piece::Hole(index));
        rest = &rest[at + sentinels[index].len()..];
    }
    pieces.push(Piece::Text(rest.into()));
    pieces
}
