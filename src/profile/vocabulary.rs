//! The closed lists: codes, addresses of concepts, labels in three languages. A bundled copy is
//! compiled in; an installation may bring another. Deliberately never fetched.

use super::catalogue::Installation;
use super::language::{Language, LocalizedText};
use super::reader::{Faults, Node};
use super::text::{self, Limit};
use crate::model::{FieldError, Noun, ShapeFault};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One concept of a closed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// The European address, which is the concept's identity; `None` for a concept of our own.
    pub uri: Option<String>,
    /// How sure the address is: `eu-list`, `eu-list-single-source` or `own`.
    pub status: String,
    /// What people read.
    pub label: LocalizedText,
}

/// The closed lists of an installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    lists: BTreeMap<String, BTreeMap<String, Concept>>,
    by_uri: BTreeMap<String, (String, String)>,
}

static BUNDLED: LazyLock<Vocabulary> = LazyLock::new(|| {
    let document = serde_json::from_str(include_str!("../../schemas/vocabulary.json"))
        .expect("the bundled vocabulary is JSON, a test reads it");
    Vocabulary::parse(&document).expect("the bundled vocabulary is whole, a test reads it")
});

/// Every list the rules refer to.
const LISTS: [&str; 20] = [
    "kind",
    "assessment",
    "participation",
    "supervision",
    "learning-setting",
    "experience",
    "quality-assurance",
    "isced-f",
    "credit-system",
    "eqf",
    "vks",
    "cycle",
    "schedule",
    "language",
    "stackability",
    "stack-rule",
    "assessor-role",
    "guide-separation",
    "holder-identification",
    "not-applicable",
];

impl Vocabulary {
    /// The lists that come with the service.
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// Reads a vocabulary document, in the shape of `schemas/vocabulary.json`. Every list must be
    /// there and every concept must have its three labels.
    pub fn parse(document: &Value) -> Result<Self, Vec<FieldError>> {
        let faults = Faults::default();
        let mut known = vec!["note"];
        known.extend(LISTS);
        let mut vocabulary = Self { lists: BTreeMap::new(), by_uri: BTreeMap::new() };
        if let Some(fields) = Node::root(document).object(&known, &faults) {
            for list in LISTS {
                let Some(node) = fields.need(list, ShapeFault::ListMissing, &faults) else {
                    continue;
                };
                vocabulary.read_list(list, &node, document, &faults);
            }
        }
        let (errors, _) = faults.into_parts();
        if errors.is_empty() { Ok(vocabulary) } else { Err(errors) }
    }

    fn read_list(&mut self, list: &str, node: &Node<'_>, document: &Value, faults: &Faults) {
        let codes: Vec<&str> = document
            .get(list)
            .and_then(Value::as_object)
            .map(|map| map.keys().map(String::as_str).collect())
            .unwrap_or_default();
        let Some(entries) = node.object(&codes, faults) else { return };
        let mut concepts = BTreeMap::new();
        for code in codes {
            let concept = entries
                .get(code)
                .and_then(|node| node.object(&["uri", "status", "label"], faults))
                .and_then(|fields| {
                    let uri = match fields.get_nullable("uri") {
                        None => None,
                        Some(node) => Some(node.string(faults)?.to_owned()),
                    };
                    let status = fields.need_a("status", Noun::Status, faults)?;
                    let status = status.string(faults)?.to_owned();
                    let node = fields.need_a("label", Noun::Label, faults)?;
                    let label = LocalizedText::read(&node, Limit::Name, faults)?;
                    for language in Language::ALL.into_iter().filter(|l| label.get(*l).is_none()) {
                        let pointer = format!("{}/{language}", node.pointer);
                        faults.refuse(pointer, ShapeFault::LabelMissing);
                    }
                    Some(Concept { uri, status, label })
                });
            if let Some(concept) = concept {
                if let Some(uri) = &concept.uri {
                    self.by_uri.insert(uri.clone(), (list.to_owned(), code.to_owned()));
                }
                concepts.insert(code.to_owned(), concept);
            }
        }
        self.lists.insert(list.to_owned(), concepts);
    }

    /// A concept by its list and code.
    pub fn concept(&self, list: &str, code: &str) -> Option<&Concept> {
        self.lists.get(list)?.get(code)
    }

    /// The concepts of a list, by code.
    pub fn list(&self, list: &str) -> impl Iterator<Item = (&str, &Concept)> {
        self.lists.get(list).into_iter().flatten().map(|(code, concept)| (code.as_str(), concept))
    }

    /// The names of the lists.
    pub fn lists(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// List and code of a European concept (mapping, section 10, step 3).
    pub fn by_uri(&self, uri: &str) -> Option<(&str, &str)> {
        self.by_uri.get(uri).map(|(list, code)| (list.as_str(), code.as_str()))
    }

    /// What people read, in this language; the code itself for an unknown concept.
    pub fn label<'a>(&'a self, list: &str, code: &'a str, language: Language) -> &'a str {
        self.concept(list, code).map_or(code, |concept| concept.label.nearest(language))
    }

    /// The address of a concept: the European one, the issuer's template for VKS levels, or that of
    /// our own lists.
    pub fn url(&self, installation: &Installation, list: &str, code: &str) -> String {
        match self.concept(list, code).and_then(|concept| concept.uri.as_ref()) {
            Some(uri) => uri.clone(),
            None if list == "vks" => installation.vks_level_uri.replace("{level}", code),
            None => format!("{}/{list}/{code}", installation.vocabulary_base),
        }
    }

    /// Reads a code of a closed list.
    pub(super) fn code(&self, list: &str, node: &Node<'_>, faults: &Faults) -> Option<String> {
        let code = node.string(faults)?;
        if self.concept(list, code).is_some() {
            return Some(code.to_owned());
        }
        let known: Vec<&str> = self.list(list).map(|(code, _)| code).collect();
        faults.refuse(&node.pointer, ShapeFault::UnknownCode { known: known.join(", ") });
        None
    }

    /// Reads an array of different codes of a closed list.
    pub(super) fn codes(&self, list: &str, node: &Node<'_>, faults: &Faults) -> Vec<String> {
        let nodes = node.array(32, faults).unwrap_or_default();
        let codes: Vec<(String, String)> = nodes
            .iter()
            .filter_map(|node| Some((node.pointer.clone(), self.code(list, node, faults)?)))
            .collect();
        super::reader::no_duplicates(codes.iter().cloned(), faults);
        codes.into_iter().map(|(_, code)| code).collect()
    }
}

/// A pinned release of ESCO: the addresses that exist in it. Optional; without one the existence
/// of an ESCO concept is not checked and shown as not verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EscoRelease {
    /// Its name, for example `1.2.0`.
    pub name: String,
    /// Addresses of its skills and occupations.
    pub uris: std::collections::BTreeSet<String>,
}

impl EscoRelease {
    /// Reads `{"release": name, "uris": [...]}`.
    pub fn parse(document: &Value) -> Result<Self, Vec<FieldError>> {
        let faults = Faults::default();
        let mut release = Self::default();
        if let Some(fields) = Node::root(document).object(&["release", "uris"], &faults) {
            if let Some(node) = fields.need_a("release", Noun::Release, &faults) {
                release.name = node.text(Limit::Reference, &faults).unwrap_or_default();
            }
            let uris = fields.need_a("uris", Noun::Addresses, &faults);
            for node in uris.and_then(|node| node.array(100_000, &faults)).unwrap_or_default() {
                match node.string(&faults) {
                    Some(uri)
                        if ["skill", "occupation"].iter().any(|k| text::is_esco_uri(uri, k)) =>
                    {
                        release.uris.insert(uri.to_owned());
                    }
                    Some(_) => esco_fault(&node.pointer, &faults),
                    None => {}
                }
            }
        }
        let (errors, _) = faults.into_parts();
        if errors.is_empty() { Ok(release) } else { Err(errors) }
    }
}

/// Reports an address that is none of ESCO's.
pub(super) fn esco_fault(pointer: &str, faults: &Faults) {
    faults.refuse(pointer, ShapeFault::NotEsco);
}
