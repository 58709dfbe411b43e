//! Pictures of an issuer: its logo, and artwork for its badges by kind of certificate or by
//! definition. Only what is safe to show to everybody is taken: a plain PNG of bounded size.
//!
//! What a picture shows is the issuer's own answer; it is not looked at. How badges and pages use it
//! is not decided here.

use super::{Desk, IssueError};
use crate::baked::{MOST_BYTES, MOST_PIXELS, PictureError, PictureSize, check_picture};
use crate::model::{CatalogueFault, FieldError, Slug};
use crate::store::{Origin, PictureName, PictureRecord};
use std::sync::Arc;

/// A picture that was put in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutPicture {
    /// What is recorded of it.
    pub record: Arc<PictureRecord>,
    /// Its width and height.
    pub size: PictureSize,
    /// Whether there was none before.
    pub fresh: bool,
}

/// What is recorded of a picture, and its bytes.
type KnownPicture = (Arc<PictureRecord>, Arc<[u8]>);

impl Desk {
    /// Puts a picture of an issuer in place. Artwork is for a definition that it published.
    pub async fn put_picture(
        &self,
        issuer: &Slug,
        name: PictureName,
        bytes: Arc<[u8]>,
        origin: Origin,
    ) -> Result<PutPicture, IssueError> {
        self.named(issuer, &name)?;
        let size = check_picture(&bytes)
            .map_err(|error| IssueError::Invalid(vec![FieldError::at("", words(error))]))?;
        let store = &self.parts.store;
        let fresh = store.picture_record(issuer, &name)?.is_none();
        store.put_picture(issuer, name.clone(), bytes, origin).await?;
        let record = store.picture_record(issuer, &name)?.ok_or(IssueError::NotFound)?;
        Ok(PutPicture { record, size, fresh })
    }

    /// Takes a picture away.
    pub async fn remove_picture(
        &self,
        issuer: &Slug,
        name: PictureName,
        origin: Origin,
    ) -> Result<(), IssueError> {
        if self.parts.store.picture_record(issuer, &name)?.is_none() {
            return Err(IssueError::NotFound);
        }
        Ok(self.parts.store.remove_picture(issuer, name, origin).await?)
    }

    /// A picture of an issuer, and what is recorded of it.
    pub fn picture(
        &self,
        issuer: &Slug,
        name: &PictureName,
    ) -> Result<Option<KnownPicture>, IssueError> {
        let store = &self.parts.store;
        let Some(record) = store.picture_record(issuer, name)? else { return Ok(None) };
        Ok(store.picture(issuer, name)?.map(|bytes| (record, bytes)))
    }

    /// The artwork for a certificate of this definition and kind: that of the definition, else that
    /// of the kind.
    pub fn artwork(
        &self,
        definition: &crate::model::DefinitionRef,
        kind: crate::model::CertificateKind,
    ) -> Result<Option<Arc<[u8]>>, IssueError> {
        let own = PictureName::Definition(definition.slug.clone());
        for name in [own, PictureName::Kind(kind)] {
            if let Some((_, bytes)) = self.picture(&definition.issuer, &name)? {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    }

    fn named(&self, issuer: &Slug, name: &PictureName) -> Result<(), IssueError> {
        let PictureName::Definition(slug) = name else { return Ok(()) };
        let known = self.parts.store.definitions(issuer)?;
        let found = known.iter().any(|known| known.name.slug == *slug);
        if found { Ok(()) } else { Err(IssueError::NotFound) }
    }
}

fn words(error: PictureError) -> CatalogueFault {
    match error {
        PictureError::TooLong => CatalogueFault::PictureTooLarge { most: MOST_BYTES / 1024 },
        PictureError::NotPng => CatalogueFault::PictureNotPng,
        PictureError::TooWide => CatalogueFault::PictureTooWide { most: MOST_PIXELS },
        PictureError::Damaged => CatalogueFault::PictureDamaged,
        PictureError::MoreThanPicture => CatalogueFault::PictureCarriesMore,
    }
}
