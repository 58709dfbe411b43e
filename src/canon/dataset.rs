//! An RDF dataset as text: terms already written as N-Quads, in one arena, and quads that name
//! them. What to hash and what to sort is then bytes that are already there.
//!
//! It holds what it is given; duplicates are dealt with by `rdfc`.

use super::error::Fault;

/// Bytes that all terms of one dataset may take.
const MAX_ARENA: usize = 16 << 20;
/// Quads that one dataset may have.
const MAX_QUADS: usize = 100_000;

/// A term of a quad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// An IRI or a literal: a range of the arena.
    Text { start: u32, end: u32 },
    /// A blank node, by number.
    Blank(u32),
    /// The default graph; only as graph name.
    DefaultGraph,
}

/// A quad: subject, predicate, object, graph name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quad {
    pub(super) subject: Term,
    pub(super) predicate: Term,
    pub(super) object: Term,
    pub(super) graph: Term,
}

impl Quad {
    /// Its components that can be blank nodes, with the positions that RDFC-1.0 gives them.
    pub(super) fn components(&self) -> [(Term, char); 3] {
        [(self.subject, 's'), (self.object, 'o'), (self.graph, 'g')]
    }
}

/// Terms and quads.
#[derive(Debug)]
pub(super) struct Dataset {
    arena: String,
    pub(super) quads: Vec<Quad>,
    blanks: u32,
}

impl Dataset {
    /// An empty dataset.
    pub(super) fn new() -> Self {
        Self { arena: String::with_capacity(24 << 10), quads: Vec::with_capacity(256), blanks: 0 }
    }

    /// How many blank nodes were made.
    pub(super) fn blanks(&self) -> usize {
        self.blanks as usize
    }

    /// A blank node of its own.
    pub(super) fn fresh_blank(&mut self) -> Term {
        let blank = Term::Blank(self.blanks);
        self.blanks += 1;
        blank
    }

    /// Adds a quad.
    pub(super) fn push(&mut self, quad: Quad) -> Result<(), Fault> {
        if self.quads.len() >= MAX_QUADS {
            return Err(Fault::Limit("quads"));
        }
        self.quads.push(quad);
        Ok(())
    }

    /// A term, already in the form of N-Quads.
    pub(super) fn term(&mut self, parts: &[&str]) -> Result<Term, Fault> {
        let start = self.arena.len();
        for part in parts {
            self.arena.push_str(part);
        }
        self.close(start)
    }

    /// A literal: its lexical form is escaped here; `suffix` is its datatype or language, written.
    pub(super) fn literal(&mut self, lexical: &str, suffix: &[&str]) -> Result<Term, Fault> {
        let start = self.arena.len();
        self.arena.push('"');
        escape(lexical, &mut self.arena);
        self.arena.push('"');
        for part in suffix {
            self.arena.push_str(part);
        }
        self.close(start)
    }

    fn close(&mut self, start: usize) -> Result<Term, Fault> {
        if self.arena.len() > MAX_ARENA {
            return Err(Fault::Limit("text"));
        }
        let bound = |at: usize| u32::try_from(at).map_err(|_| Fault::Limit("text"));
        Ok(Term::Text { start: bound(start)?, end: bound(self.arena.len())? })
    }

    /// The text of a term; empty for a blank node or the default graph.
    pub(super) fn text(&self, term: Term) -> &str {
        match term {
            Term::Text { start, end } => &self.arena[start as usize..end as usize],
            Term::Blank(_) | Term::DefaultGraph => "",
        }
    }
}

/// Escapes a lexical form for canonical N-Quads (RDFC-1.0, section 5): `\b \t \n \f \r \" \\`, and
/// `\uXXXX` for the other controls U+0000 to U+001F and U+007F; all else as it is.
pub(super) fn escape(text: &str, out: &mut String) {
    let mut rest = 0;
    for (index, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' && byte != 0x7f {
            continue;
        }
        // The byte is ASCII, so both sides are character boundaries.
        out.push_str(&text[rest..index]);
        rest = index + 1;
        match byte {
            0x08 => out.push_str("\\b"),
            0x09 => out.push_str("\\t"),
            0x0a => out.push_str("\\n"),
            0x0c => out.push_str("\\f"),
            0x0d => out.push_str("\\r"),
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            control => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push_str("\\u00");
                out.push(char::from(HEX[usize::from(control >> 4)]));
                out.push(char::from(HEX[usize::from(control & 15)]));
            }
        }
    }
    out.push_str(&text[rest..]);
}
