//! Pictures of an issuer: its logo, and artwork for kinds of certificates and for definitions.
//!
//! Which picture is shown where, and whether it is fit to be shown, is not for here. The bytes are
//! kept in the journal; memory knows where they lie. A picture that was replaced stays in the
//! journal: it tells of nobody.

use super::StoreError;
use super::commit::Commit;
use super::decide::{Decision, NO_RECORDS};
use super::event::Event;
use super::record::Origin;
use super::register::{Persistence, Register, hex};
use super::state::{Place, State, Touched, View};
use crate::model::{CertificateKind, Slug, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Which picture of an issuer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum PictureName {
    /// Its logo.
    Logo,
    /// The artwork of its certificates of a kind.
    Kind(CertificateKind),
    /// The artwork of certificates of one of its definitions, in any version.
    Definition(Slug),
}

impl fmt::Display for PictureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Logo => f.write_str("logo"),
            Self::Kind(kind) => write!(f, "kinds/{kind}"),
            Self::Definition(slug) => write!(f, "definitions/{slug}"),
        }
    }
}

/// A text that names no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no name of a picture")]
pub struct PictureNameError;

impl FromStr for PictureName {
    type Err = PictureNameError;

    fn from_str(text: &str) -> Result<Self, PictureNameError> {
        match text.split_once('/') {
            None if text == "logo" => Ok(Self::Logo),
            Some(("kinds", kind)) => kind.parse().map(Self::Kind).map_err(|_| PictureNameError),
            Some(("definitions", slug)) => {
                slug.parse().map(Self::Definition).map_err(|_| PictureNameError)
            }
            _ => Err(PictureNameError),
        }
    }
}

impl From<PictureName> for String {
    fn from(name: PictureName) -> Self {
        name.to_string()
    }
}

impl TryFrom<String> for PictureName {
    type Error = PictureNameError;

    fn try_from(text: String) -> Result<Self, PictureNameError> {
        text.parse()
    }
}

/// What is known of a picture but its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureRecord {
    /// Whose.
    pub issuer: Slug,
    /// Which.
    pub name: PictureName,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// How many bytes.
    pub length: u32,
    /// Since when.
    pub since: Timestamp,
}

/// A picture, and where its bytes lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) record: Arc<PictureRecord>,
    pub(super) frame: (u64, Place),
}

pub(super) type Key = (Slug, PictureName);

pub(super) fn put(record: &PictureRecord, view: &View<'_>) -> Decision {
    let key = (record.issuer.clone(), record.name.clone());
    match view.state.picture(&key) {
        Some(known) if known.record.sha256 == record.sha256 => Decision::Nothing,
        _ => NO_RECORDS,
    }
}

pub(super) fn removed(key: &Key, view: &View<'_>) -> Result<Decision, StoreError> {
    view.state.picture(key).map(|_| NO_RECORDS).ok_or(StoreError::NotFound("picture"))
}

impl State {
    pub(super) fn picture(&self, key: &Key) -> Option<&Picture> {
        self.pictures.get(key).and_then(Option::as_ref)
    }

    /// Puts a picture in the place of the one that was, or none.
    pub(super) fn set_picture(&mut self, key: Key, picture: Option<Picture>) {
        self.recent.touched.insert(Touched::Picture(key.clone()));
        self.pictures.insert(key, picture);
    }
}

#[expect(private_bounds, reason = "the two kinds of persistence are this room's own business")]
impl<P: Persistence> Register<P> {
    pub(super) fn known_picture(&self, issuer: &Slug, name: &PictureName) -> Option<Picture> {
        self.model.read().picture(&(issuer.clone(), name.clone())).cloned()
    }

    pub(super) fn submit_picture(
        &self,
        issuer: &Slug,
        name: PictureName,
        bytes: Arc<[u8]>,
        origin: Origin,
    ) -> Commit<()> {
        let Ok(length) = u32::try_from(bytes.len()) else {
            return Commit::done(Err(StoreError::Conflict("the picture is too long".to_owned())));
        };
        let (sha256, since) = (hex(&Sha256::digest(&bytes)), origin.at);
        let record = PictureRecord { issuer: issuer.clone(), name, sha256, length, since };
        self.submit(Event::Picture { record: Box::new(record), origin }, Some(bytes))
    }

    pub(super) fn pictures_of(&self, issuer: &Slug) -> Vec<Arc<PictureRecord>> {
        let state = self.model.read();
        let from = (issuer.clone(), PictureName::Logo);
        let own = state.pictures.range(from..).take_while(|((owner, _), _)| owner == issuer);
        own.filter_map(|(_, picture)| Some(Arc::clone(&picture.as_ref()?.record))).collect()
    }
}
