//! The languages of the service and texts in several of them. Deliberately no language maps in
//! signed documents: one document has one language (mapping, section 7).

use super::reader::{Faults, Node};
use super::text::Limit;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A language in which texts and labels are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Dutch.
    Nl,
    /// French.
    Fr,
    /// English.
    En,
}

impl Language {
    /// Every language, in the order of the interface.
    pub const ALL: [Self; 3] = [Self::Nl, Self::Fr, Self::En];

    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|language| language.code() == s).ok_or(())
    }
}

/// A text in one or more languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LocalizedText {
    #[serde(skip_serializing_if = "Option::is_none")]
    nl: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fr: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

impl LocalizedText {
    /// The text in this language.
    pub fn get(&self, language: Language) -> Option<&str> {
        match language {
            Language::Nl => self.nl.as_deref(),
            Language::Fr => self.fr.as_deref(),
            Language::En => self.en.as_deref(),
        }
    }

    /// The text in this language, else in the first one there is; empty when there is none.
    pub fn nearest(&self, language: Language) -> &str {
        self.get(language)
            .or_else(|| Language::ALL.into_iter().find_map(|other| self.get(other)))
            .unwrap_or_default()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        Language::ALL.into_iter().all(|language| self.get(language).is_none())
    }

    pub(super) fn set(&mut self, language: Language, text: String) {
        match language {
            Language::Nl => self.nl = Some(text),
            Language::Fr => self.fr = Some(text),
            Language::En => self.en = Some(text),
        }
    }

    /// Reads an object of texts by language. An empty text is the same as none; `None` when one
    /// of them is at fault.
    pub(super) fn read(node: &Node<'_>, limit: Limit, faults: &Faults) -> Option<Self> {
        let fields = node.object(&["nl", "fr", "en"], faults)?;
        let (mut text, mut whole) = (Self::default(), true);
        for language in Language::ALL {
            let Some(entry) = fields.get(language.code()) else { continue };
            let Some(written) = entry.string(faults) else {
                whole = false;
                continue;
            };
            if written.trim().is_empty() {
                continue;
            }
            match entry.text(limit, faults) {
                Some(checked) => text.set(language, checked),
                None => whole = false,
            }
        }
        whole.then_some(text)
    }
}
