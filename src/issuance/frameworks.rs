//! Frameworks of competences that are kept here: versions with an address, published once, to which
//! definitions of several issuers refer. What a framework must say is for `profile`.

use super::catalogue::StoreCatalogue;
use super::{Desk, IssueError};
use crate::model::{CatalogueFault, DefinitionRef, FieldError, FrameworkRef, Slug};
use crate::profile::{Catalogue, parse_framework};
use crate::store::{FrameworkRecord, Origin, StoreError};
use serde_json::Value;
use std::sync::Arc;

/// Addresses on this host in one document.
const MOST_ADDRESSES: usize = 256;

/// A framework version that is published.
#[derive(Clone, Debug)]
pub struct FrameworkPublication {
    /// As it is recorded.
    pub record: Arc<FrameworkRecord>,
    /// Whether it was not there before.
    pub fresh: bool,
    /// What was odd but accepted.
    pub warnings: Vec<FieldError>,
}

impl Desk {
    /// Publishes a framework version. The same content again changes nothing; other content under
    /// a published version is refused.
    pub async fn publish_framework(
        &self,
        document: Value,
        origin: Origin,
    ) -> Result<FrameworkPublication, IssueError> {
        let checked = parse_framework(&document).map_err(IssueError::Invalid)?;
        let (name, warnings) = (checked.value.name, checked.warnings);
        let fresh = self.parts.store.framework(&name)?.is_none();
        if fresh {
            self.is_open(&name.issuer)?;
        }
        let published = origin.at;
        let record = FrameworkRecord { name: name.clone(), document, published };
        self.parts.store.put_frameworks(vec![record], origin).await?;
        let record = self
            .parts
            .store
            .framework(&name)?
            .ok_or_else(|| StoreError::Corrupt { what: "framework", id: name.to_string() })?;
        Ok(FrameworkPublication { record, fresh, warnings })
    }

    /// A framework version.
    pub fn framework(
        &self,
        name: &FrameworkRef,
    ) -> Result<Option<Arc<FrameworkRecord>>, IssueError> {
        Ok(self.parts.store.framework(name)?)
    }

    /// The framework versions of an issuer, by name and then in order of publication.
    pub fn frameworks(&self, issuer: &Slug) -> Result<Vec<Arc<FrameworkRecord>>, IssueError> {
        Ok(self.parts.store.frameworks(Some(issuer))?)
    }

    /// The public address of a framework version.
    pub fn framework_url(&self, name: &FrameworkRef) -> String {
        let base = &self.parts.installation.base_url;
        format!("{base}/issuers/{}/frameworks/{}/{}", name.issuer, name.slug, name.version)
    }

    /// Addresses of this installation in a definition that would answer nothing.
    pub(super) fn dead_addresses(
        &self,
        catalogue: &StoreCatalogue<'_>,
        document: &Value,
    ) -> Result<Vec<FieldError>, IssueError> {
        let mut found = Vec::new();
        let base = format!("{}/", self.parts.installation.base_url);
        addresses(document, &base, &mut String::new(), &mut found);
        let mut faults = Vec::new();
        for (pointer, path) in found {
            if !self.answers(catalogue, &path)? {
                faults.push(FieldError::at(pointer, CatalogueFault::OwnAddressUnknown));
            }
        }
        Ok(faults)
    }

    fn answers(&self, catalogue: &StoreCatalogue<'_>, path: &str) -> Result<bool, IssueError> {
        let path = path.split(['#', '?']).next().unwrap_or(path);
        if let Some(name) = framework_named(path) {
            return Ok(self.parts.store.framework(&name)?.is_some());
        }
        let segments: Vec<&str> = path.split('/').collect();
        Ok(match segments.as_slice() {
            ["issuers", issuer, "achievements", slug, version] => {
                let name = format!("{issuer}/{slug}/{version}").parse::<DefinitionRef>();
                name.is_ok_and(|name| catalogue.definition(&name).is_some())
            }
            ["issuers", sealer, "mandates", reference] => catalogue
                .organisation(sealer)
                .is_some_and(|sealer| sealer.mandate(reference).is_some()),
            ["issuers", issuer] => {
                catalogue.organisation(issuer).is_some_and(|issuer| issuer.did.is_some())
            }
            ["vocabulary", list, code] => catalogue.vocabulary().concept(list, code).is_some(),
            [""] => true,
            _ => false,
        })
    }
}

fn framework_named(path: &str) -> Option<FrameworkRef> {
    path.strip_prefix("issuers/")?
        .replacen("/frameworks/", "/", 1)
        .parse()
        .ok()
        .filter(|_| path.contains("/frameworks/"))
}

/// Texts that are addresses under this base, each with its pointer and what follows the base.
fn addresses(value: &Value, base: &str, at: &mut String, found: &mut Vec<(String, String)>) {
    if found.len() >= MOST_ADDRESSES {
        return;
    }
    let length = at.len();
    match value {
        Value::String(text) => {
            if let Some(path) = text.strip_prefix(base) {
                found.push((at.clone(), path.to_owned()));
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                at.push_str(&format!("/{place}"));
                addresses(item, base, at, found);
                at.truncate(length);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                at.push_str(&format!("/{}", name.replace('~', "~0").replace('/', "~1")));
                addresses(member, base, at, found);
                at.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
