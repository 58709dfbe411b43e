//! The facts of a certificate as a page shows them: plain values for the templates.

use super::brand::Logo;

/// A value: a text, perhaps in another language than the page, perhaps a link, perhaps with a
/// remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub text: String,
    pub lang: Option<String>,
    pub href: Option<String>,
    pub note: Option<String>,
    /// The language of the remark.
    pub note_lang: Option<String>,
}

impl Value {
    /// A text in the language of the page.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), lang: None, href: None, note: None, note_lang: None }
    }

    /// With an address, when it is one that a browser may open.
    pub fn linked(mut self, href: Option<&str>) -> Self {
        self.href = href.filter(|href| super::report::is_web_address(href)).map(str::to_owned);
        self
    }

    /// With a place on the same page.
    pub fn here(mut self, anchor: String) -> Self {
        self.href = Some(anchor);
        self
    }

    /// In this language.
    pub fn in_language(mut self, lang: Option<String>) -> Self {
        self.lang = lang;
        self
    }

    /// With a remark in the language of the text.
    pub fn remarked(mut self, note: Option<String>, lang: Option<String>) -> Self {
        self.note = note;
        self.note_lang = lang;
        self
    }

    /// With a remark.
    pub fn noted(mut self, note: Option<String>) -> Self {
        self.note = note;
        self
    }
}

/// A label and its values; never without a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    pub label: String,
    pub values: Vec<Value>,
    /// A sentence of help below the values.
    pub help: Option<String>,
}

/// Facts under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub id: &'static str,
    pub heading: String,
    pub help: Option<Value>,
    pub facts: Vec<Fact>,
}

/// An outcome, a competence or a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub code: String,
    pub text: Value,
    pub facts: Vec<Fact>,
}

/// Items under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ItemList {
    pub id: &'static str,
    pub heading: String,
    pub items: Vec<Item>,
}

/// Everything that a certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The language of the page.
    pub language: &'static str,
    /// `evc`, `assessed`, `degree`, `participation` or `other`: they look different.
    pub family: &'static str,
    /// Of the issuer, on the page of its own certificate.
    pub logo: Option<Logo>,
    pub kind: String,
    /// What that kind is, in one sentence.
    pub kind_lead: String,
    pub title: Value,
    pub who: Vec<Fact>,
    pub description: Option<Value>,
    pub lists: Vec<ItemList>,
    pub groups: Vec<Group>,
    pub age_note: Option<String>,
    pub inconsistent: bool,
    pub inconsistent_text: String,
}

/// A block of facts for who decides on an exemption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub id: &'static str,
    pub heading: String,
    pub facts: Vec<Fact>,
    pub lists: Vec<ItemList>,
}
