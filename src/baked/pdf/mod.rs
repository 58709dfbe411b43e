//! The signed credential that a PDF carries as an attachment: an associated file (ISO 32000-2,
//! section 14.13), an embedded file of the document (7.11.4), or a file pinned to a page (12.5.6.15).
//!
//! Only what leads there is read, through the cross-reference table, each object at most bounded in
//! size, depth and number. Not here: page contents, forms, PDF signatures, encrypted documents,
//! repair of broken ones.

mod document;
mod filter;
mod lexer;

use super::detect::{is_token, pdf_header, trimmed};
use super::{BakedError, Carrier, Limits};
use document::{Document, Fault};
use lexer::Value;
use serde::Deserialize;
use std::collections::HashSet;

const MAX_TREE_DEPTH: usize = 32;

impl From<Fault> for BakedError {
    fn from(fault: Fault) -> Self {
        let carrier = Carrier::Pdf;
        match fault {
            Fault::Damaged(detail) => Self::Damaged { carrier, detail },
            Fault::Unsupported(detail) => Self::Unsupported { carrier, detail },
            Fault::TooMuch(detail) => Self::TooMuch { carrier, detail },
        }
    }
}

pub(super) fn extract(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, BakedError> {
    let start = pdf_header(bytes).unwrap_or(0);
    let document = Document::open(bytes.get(start..).unwrap_or_default(), limits)?;
    let mut search = Search {
        document,
        seen: HashSet::new(),
        files: HashSet::new(),
        found: None,
        passed_over: false,
        limits,
    };
    search.whole_document()?;
    if search.found.is_none() {
        search.pages()?;
    }
    match search.found {
        Some(credential) => Ok(credential),
        None if search.passed_over => Err(BakedError::NoCredential {
            carrier: Carrier::Pdf,
            detail: "none of the attachments that can be read is one; others could not be read",
        }),
        None if search.files.is_empty() => Err(BakedError::NoCredential {
            carrier: Carrier::Pdf,
            detail: "it has no attachments; a scan or a print carries no signature of this kind",
        }),
        None => Err(BakedError::NoCredential {
            carrier: Carrier::Pdf,
            detail: "none of its attachments is one",
        }),
    }
}

struct Search<'a> {
    document: Document<'a>,
    /// Tree nodes and pages that were visited: a PDF may refer in circles.
    seen: HashSet<u32>,
    /// Embedded files that were read.
    files: HashSet<u32>,
    found: Option<Vec<u8>>,
    /// A file was too large, or in a form that is not read.
    passed_over: bool,
    limits: &'a Limits,
}

impl Search<'_> {
    fn whole_document(&mut self) -> Result<(), BakedError> {
        let catalog = self.document.catalog()?;
        self.associated(&catalog)?;
        let names = self.member(&catalog, b"Names")?;
        let tree = names.get(b"EmbeddedFiles").cloned().unwrap_or(Value::Null);
        self.name_tree(&tree, 0)
    }

    fn pages(&mut self) -> Result<(), BakedError> {
        let catalog = self.document.catalog()?;
        let root = catalog.get(b"Pages").cloned().unwrap_or(Value::Null);
        self.page_tree(&root, 0)
    }

    fn member(&mut self, object: &Value, name: &[u8]) -> Result<Value, Fault> {
        match object.get(name) {
            Some(value) => self.document.resolve(value),
            None => Ok(Value::Null),
        }
    }

    /// A node that is visited for the first time.
    fn fresh(&mut self, node: &Value, depth: usize) -> Result<Option<Value>, Fault> {
        if depth > MAX_TREE_DEPTH {
            return Err(Fault::TooMuch("nesting"));
        }
        if let Value::Reference(number, _) = node
            && !self.seen.insert(*number)
        {
            return Ok(None);
        }
        self.document.resolve(node).map(Some)
    }

    /// `AF`: one file specification or several.
    fn associated(&mut self, object: &Value) -> Result<(), BakedError> {
        match self.member(object, b"AF")? {
            Value::Array(all) => all.iter().try_for_each(|one| self.file(one)),
            Value::Null => Ok(()),
            one => self.file(&one),
        }
    }

    fn name_tree(&mut self, node: &Value, depth: usize) -> Result<(), BakedError> {
        let Some(node) = self.fresh(node, depth)? else { return Ok(()) };
        if let Value::Array(pairs) = self.member(&node, b"Names")? {
            pairs.iter().skip(1).step_by(2).try_for_each(|file| self.file(file))?;
        }
        if let Value::Array(kids) = self.member(&node, b"Kids")? {
            kids.iter().try_for_each(|kid| self.name_tree(kid, depth + 1))?;
        }
        Ok(())
    }

    fn page_tree(&mut self, node: &Value, depth: usize) -> Result<(), BakedError> {
        let Some(node) = self.fresh(node, depth)? else { return Ok(()) };
        if let Value::Array(kids) = self.member(&node, b"Kids")? {
            return kids.iter().try_for_each(|kid| self.page_tree(kid, depth + 1));
        }
        self.associated(&node)?;
        if let Value::Array(annotations) = self.member(&node, b"Annots")? {
            for annotation in &annotations {
                let annotation = self.document.resolve(annotation)?;
                if annotation.get(b"Subtype") == Some(&Value::Name(b"FileAttachment".to_vec()))
                    && let Some(file) = annotation.get(b"FS")
                {
                    self.file(&file.clone())?;
                }
            }
        }
        Ok(())
    }

    /// A file specification: its embedded file, if that is a credential.
    fn file(&mut self, specification: &Value) -> Result<(), BakedError> {
        let specification = self.document.resolve(specification)?;
        let embedded = self.member(&specification, b"EF")?;
        let Some(Value::Reference(number, generation)) =
            embedded.get(b"UF").or_else(|| embedded.get(b"F")).cloned()
        else {
            return Ok(());
        };
        if !self.files.insert(number) {
            return Ok(());
        }
        let max = self.limits.max_credential_bytes;
        let content = match self.document.stream(number, generation, max) {
            Ok(content) => content,
            // A large picture beside the credential is no fault of the credential.
            Err(Fault::Unsupported(_)) => {
                self.passed_over = true;
                return Ok(());
            }
            Err(Fault::TooMuch(_)) if self.document.may_inflate() => {
                self.passed_over = true;
                return Ok(());
            }
            Err(fault) => return Err(fault.into()),
        };
        if !is_credential(&content) {
            return Ok(());
        }
        if self.found.as_ref().is_some_and(|known| *known != content) {
            return Err(BakedError::Several { carrier: Carrier::Pdf });
        }
        self.found = Some(content);
        Ok(())
    }
}

#[derive(Deserialize)]
struct Typed {
    #[serde(rename = "type")]
    kind: Kinds,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Kinds {
    One(String),
    Several(Vec<String>),
}

/// Whether an attachment is a credential or a presentation, by its type, or a token.
fn is_credential(content: &[u8]) -> bool {
    let text = trimmed(content);
    if !text.starts_with(b"{") {
        return is_token(text);
    }
    let Ok(Typed { kind }) = serde_json::from_slice(text) else { return false };
    let verifiable = |kind: &str| {
        let kind = kind.strip_prefix("Enveloped").unwrap_or(kind);
        matches!(kind, "VerifiableCredential" | "VerifiablePresentation")
    };
    match kind {
        Kinds::One(kind) => verifiable(&kind),
        Kinds::Several(kinds) => kinds.iter().any(|kind| verifiable(kind)),
    }
}
