//! The certificate as a paper: one A4 as PDF/A-3a and PDF/UA-1, tagged, with the signed credential
//! attached (ISO 19005-3, ISO 14289-1), in one or two languages.
//!
//! It says what the signed document says, and the outcome of a verification of that day, in the
//! words that it is given. The attached file is what counts: it is the signed bytes, and a verifier
//! takes them out. Deliberately not here: deciding the status, signing the PDF itself.
//! `content` chooses what stands there, `setting` measures words, `layout` places them, `pdf`
//! writes.

mod content;
mod layout;
mod pdf;
mod setting;

use super::{Artwork, Colour, RenderError};
use crate::model::Date;
use crate::profile::{CertificateView, Vocabulary};
use crate::texts::Language;
use std::collections::BTreeMap;

/// What a paper is made of.
#[derive(Debug)]
pub struct Paper<'a> {
    /// The signed credential, byte for byte.
    pub credential: &'a [u8],
    /// What it says.
    pub view: &'a CertificateView,
    /// Labels of the closed lists.
    pub vocabulary: &'a Vocabulary,
    /// The issuer's translations of signed texts, for information.
    pub translations: &'a [(Language, BTreeMap<String, String>)],
    /// Where the certificate is shown.
    pub address: &'a str,
    /// The artwork that is described.
    pub artwork: &'a Artwork,
    /// The artwork, or the institution's own picture, as PNG.
    pub picture: &'a [u8],
    /// The language of the paper.
    pub language: Language,
    /// A second language beside it.
    pub second: Option<Language>,
    /// What a verification said, in a sentence for each of the two languages.
    pub status: Status<'a>,
}

/// What a verification said.
#[derive(Clone, Copy, Debug)]
pub struct Status<'a> {
    /// In the language of the paper.
    pub sentence: &'a str,
    /// In the second language.
    pub second: Option<&'a str>,
    /// The day.
    pub on: Date,
}

impl Paper<'_> {
    /// The paper. The same input gives the same bytes.
    pub fn pdf(&self) -> Result<Vec<u8>, RenderError> {
        let content = content::content(self);
        let page = layout::page(&content, self.colour());
        pdf::write(self, &content, &page)
    }

    fn colour(&self) -> Colour {
        self.artwork.colour
    }

    /// The languages of the paper, without a repetition.
    fn languages(&self) -> Vec<Language> {
        let second = self.second.filter(|second| *second != self.language);
        std::iter::once(self.language).chain(second).collect()
    }
}
