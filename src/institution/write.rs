//! Writing the bundle of an institution. The register goes through as a stream: of each certificate
//! sixteen bytes are held in memory, to put them in order.
//!
//! The same records make the same bytes: a closed issuer's bundle speaks for the last moment at
//! which something about it was recorded, not for that at which it was written.

use super::archive::{Archive, MemberWriter};
use super::manifest::{Manifest, Member, Succession};
use super::row::RegisterRow;
use super::{
    FORMAT, InstitutionError, KEYS, MANIFEST, REGISTER, SIGNATURE, STATUS_LISTS, TYP, VERSION,
};
use crate::issuance::{Desk, Published};
use crate::keys::{did_document, jwks};
use crate::model::{CredentialId, Slug, Timestamp};
use crate::profile::{Language, Vocabulary};
use crate::store::{
    DefinitionRecord, EndorsementTarget, OrganisationRecord, RegisterQuery, Rendition,
    SealerSettings, Store, StoreError,
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Seek, Write};
use std::sync::Arc;

const ABOUT: &str = "\
This is the bundle of an institution that issued certificates with the program bewijs.

manifest.json names every file with its SHA-256; manifest.jws is the same, signed by the issuer
(compact JWS, RFC 7515); its key is in keys.json under the thumbprint that the manifest names.
public/ holds what stands at the public addresses, ready to be served as it is: the file public/X or
public/X.json is the answer at /X. register.jsonl has a line for each certificate: its fingerprint,
its dates and its last state. No names and no documents of certificates are in here: holders
have these.
";

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The manifest.
    pub manifest: Manifest,
    /// Until when the first of its status lists ends; `None` without a list.
    pub lists_until: Option<Timestamp>,
}

/// Writes everything of an issuer but its private keys and what is personal.
pub fn write<W: Write + Seek>(
    desk: &Desk,
    store: &dyn Store,
    issuer: &Slug,
    now: Timestamp,
    out: W,
) -> Result<Written, InstitutionError> {
    let record = store.organisation(issuer)?.ok_or(StoreError::NotFound("issuer"))?;
    let sealer = record.sealer.clone().ok_or(StoreError::NotFound("issuer that seals"))?;
    let mut writing =
        Writing { desk, store, issuer, record, sealer, ids: Vec::new(), lists: Vec::new() };
    let latest = writing.survey()?;
    let as_of = match &writing.sealer.closed {
        Some(closing) => latest.max(closing.at),
        None => now,
    };
    let mut archive = Archive::new(out, as_of.unix());
    archive.add("about.txt", ABOUT.as_bytes())?;
    writing.organisations(&mut archive)?;
    writing.keys(&mut archive)?;
    writing.catalogue(&mut archive, as_of)?;
    writing.endorsements(&mut archive)?;
    let lists_until = writing.status_lists(&mut archive)?;
    writing.register(&mut archive)?;
    let manifest = writing.manifest(&archive, as_of)?;
    let bytes = manifest.write();
    let signature = desk.sign_statement(issuer, &bytes, (TYP, "json"))?;
    archive.add(MANIFEST, &bytes)?;
    archive.add(SIGNATURE, signature.as_bytes())?;
    archive.finish()?;
    Ok(Written { manifest, lists_until })
}

struct Writing<'a> {
    desk: &'a Desk,
    store: &'a dyn Store,
    issuer: &'a Slug,
    record: Arc<OrganisationRecord>,
    sealer: SealerSettings,
    /// Every certificate, in the order of identifiers.
    ids: Vec<CredentialId>,
    lists: Vec<String>,
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("a JSON value is always JSON");
    bytes.push(b'\n');
    bytes
}

/// An organisation as it was imported, without the address of whoever answers its mail.
fn without_contact(record: &OrganisationRecord) -> Value {
    let mut document = record.document.clone();
    if let Some(members) = document.as_object_mut() {
        members.shift_remove("contact");
    }
    document
}

impl Writing<'_> {
    /// Finds the certificates and lists; says when the last of it changed.
    fn survey(&mut self) -> Result<Timestamp, InstitutionError> {
        let mut latest = Timestamp::EPOCH;
        let query =
            RegisterQuery { limit: RegisterQuery::MOST, ..RegisterQuery::of(self.issuer.clone()) };
        let mut after = None;
        loop {
            let page = self.store.register(&RegisterQuery { after, ..query.clone() })?;
            for record in &page.records {
                self.ids.push(record.id);
                for moment in [Some(record.issued_at), record.state_since, record.erased] {
                    latest = latest.max(moment.unwrap_or(Timestamp::EPOCH));
                }
            }
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        self.ids.sort_unstable();
        let all = self.store.status_list_work(Timestamp::EPOCH.plus_seconds(i64::MAX))?;
        self.lists = all
            .into_iter()
            .filter(|list| list.issuer == *self.issuer)
            .map(|list| list.id)
            .collect();
        self.lists.sort_unstable();
        for id in &self.lists {
            if let Some(list) = self.store.status_list(id)? {
                latest = latest.max(list.signed_at);
            }
        }
        Ok(latest)
    }

    fn organisations<W: Write + Seek>(&self, out: &mut Archive<W>) -> Result<(), InstitutionError> {
        out.add("organisation.json", &pretty(&without_contact(&self.record)))?;
        let organisation = self.desk.organisation(self.issuer)?;
        let organisation = organisation.ok_or(StoreError::NotFound("issuer"))?;
        let mut current = self.store.definitions(self.issuer)?;
        current.retain(|definition| definition.withdrawn.is_none());
        let document = self.desk.issuer_document(&self.record, &organisation, &current);
        out.add(&format!("public/issuers/{}.json", self.issuer), &pretty(&document))?;
        for mandate in &organisation.mandates {
            let path =
                format!("public/issuers/{}/mandates/{}.json", self.issuer, mandate.reference);
            out.add(&path, &pretty(&self.desk.mandate_document(self.issuer, mandate)))?;
        }
        let mut named = BTreeSet::new();
        texts(&self.record.document, &mut named);
        for definition in self.store.definitions(self.issuer)? {
            texts(&definition.document, &mut named);
        }
        for other in self.store.organisations()? {
            let own = other.introduced_by.as_ref() == Some(self.issuer);
            if other.slug != *self.issuer && (own || named.contains(other.slug.as_str())) {
                let path = format!("organisations/{}.json", other.slug);
                out.add(&path, &pretty(&without_contact(&other)))?;
            }
        }
        Ok(())
    }

    fn keys<W: Write + Seek>(&self, out: &mut Archive<W>) -> Result<(), InstitutionError> {
        let keys = self.store.keys(self.issuer)?;
        let records = serde_json::to_value(&*keys).expect("public keys are JSON");
        out.add(KEYS, &pretty(&records))?;
        let did = &self.sealer.id;
        let document = did_document(did, &keys);
        out.add(&format!("public/issuers/{}/did.json", self.issuer), &pretty(&document))?;
        let set = jwks([(did.as_str(), &*keys)]);
        out.add(&format!("public/issuers/{}/jwks.json", self.issuer), &pretty(&set))
    }

    fn catalogue<W: Write + Seek>(
        &self,
        out: &mut Archive<W>,
        as_of: Timestamp,
    ) -> Result<(), InstitutionError> {
        let mut used = BTreeSet::new();
        for record in self.store.definitions(self.issuer)? {
            texts(&record.document, &mut used);
            self.definition(out, &record)?;
        }
        for record in self.store.frameworks(Some(self.issuer))? {
            let name = &record.name;
            let kept = json!({ "published": record.published, "document": record.document });
            out.add(&format!("frameworks/{}/{}.json", name.slug, name.version), &pretty(&kept))?;
            let path = format!(
                "public/issuers/{}/frameworks/{}/{}.json",
                name.issuer, name.slug, name.version
            );
            out.add(&path, &pretty(&self.desk.framework_document(&record)))?;
        }
        let vocabulary = self.desk.labels()?;
        out.add("vocabulary.json", &pretty(&self.vocabulary(&vocabulary, &used)))?;
        out.add("counts.json", &pretty(&self.counts(as_of)?))
    }

    fn definition<W: Write + Seek>(
        &self,
        out: &mut Archive<W>,
        record: &DefinitionRecord,
    ) -> Result<(), InstitutionError> {
        let name = &record.name;
        let mut kept = json!({
            "published": record.published,
            "document": record.document,
            "achievements": record.achievements,
        });
        if let Some(withdrawn) = record.withdrawn {
            kept["withdrawn"] = json!(withdrawn);
        }
        out.add(&format!("definitions/{}/{}.json", name.slug, name.version), &pretty(&kept))?;
        let address = self.desk.installation().definition_url(name);
        let base =
            format!("public/issuers/{}/achievements/{}/{}", name.issuer, name.slug, name.version);
        let editions = std::iter::once(None).chain(Language::ALL.into_iter().map(Some));
        for edition in editions {
            let Some(document) = self.desk.achievement(name, edition, None)? else { continue };
            let (path, url) = match edition {
                None => (format!("{base}.json"), address.clone()),
                Some(language) => {
                    (format!("{base}/{language}.json"), format!("{address}/{language}"))
                }
            };
            // The authoritative text has no language in its address.
            if document.get("id").and_then(Value::as_str) == Some(&url) {
                out.add(&path, &pretty(&document))?;
            }
        }
        Ok(())
    }

    /// The entries of the closed lists that its definitions name.
    fn vocabulary(&self, vocabulary: &Vocabulary, used: &BTreeSet<String>) -> Value {
        let mut lists = Map::new();
        for list in vocabulary.lists() {
            let mut entries = Map::new();
            for (code, concept) in vocabulary.list(list) {
                let uri = concept.uri.as_ref();
                if used.contains(code) || uri.is_some_and(|uri| used.contains(uri)) {
                    let id = vocabulary.url(self.desk.installation(), list, code);
                    entries.insert(code.to_owned(), json!({ "id": id, "label": concept.label }));
                }
            }
            if !entries.is_empty() {
                lists.insert(list.to_owned(), Value::Object(entries));
            }
        }
        Value::Object(lists)
    }

    fn counts(&self, as_of: Timestamp) -> Result<Value, InstitutionError> {
        let number = |count: Published| json!({ "from": count.from, "to": count.to });
        let all = self.desk.counts_at(as_of)?;
        let figures = all.into_iter().find(|figures| figures.issuer == *self.issuer);
        let lines: Vec<Value> = figures
            .iter()
            .flat_map(|figures| &figures.figures)
            .map(|line| {
                json!({
                    "quarter": line.quarter.to_string(),
                    "kind": line.kind.code(),
                    "complete": line.over,
                    "count": number(line.count),
                })
            })
            .collect();
        Ok(json!({ "counts": lines }))
    }

    /// Its endorsements of definitions. Those of certificates may name their holders.
    fn endorsements<W: Write + Seek>(&self, out: &mut Archive<W>) -> Result<(), InstitutionError> {
        for record in self.store.endorsements_by(self.issuer)? {
            if !matches!(record.target, EndorsementTarget::Definition(_)) {
                continue;
            }
            if let Some(document) = self.store.endorsement_document(record.id)? {
                out.add(&format!("public/endorsements/{}.json", record.id), &document)?;
            }
        }
        Ok(())
    }

    fn status_lists<W: Write + Seek>(
        &self,
        out: &mut Archive<W>,
    ) -> Result<Option<Timestamp>, InstitutionError> {
        let (mut index, mut until) = (Vec::new(), None::<Timestamp>);
        for id in &self.lists {
            let list = self.store.status_list(id)?.ok_or(StoreError::NotFound("status list"))?;
            until = Some(until.map_or(list.valid_until, |until| until.min(list.valid_until)));
            index.push(json!({
                "id": id,
                "url": self.desk.installation().status_list_url(id),
                "purpose": list.purpose,
                "entries": list.entries,
                "given": list.allocated,
                "signedAt": list.signed_at,
                "validUntil": list.valid_until,
            }));
            out.add(&format!("public/status/{id}.json"), &list.document)?;
        }
        out.add(STATUS_LISTS, &pretty(&Value::Array(index)))?;
        Ok(until)
    }

    fn register<W: Write + Seek>(&self, out: &mut Archive<W>) -> Result<(), InstitutionError> {
        out.stream(REGISTER, |out: &mut MemberWriter<'_, W>| {
            for id in &self.ids {
                let record = self.store.issued(*id)?.ok_or(StoreError::NotFound("credential"))?;
                let mut tokens = Vec::new();
                for form in [Rendition::VcJwt, Rendition::Ob3Jwt] {
                    if let Some(token) = self.store.rendition(*id, form)? {
                        tokens.push(super::hex(&Sha256::digest(token.as_bytes())));
                    }
                }
                let row = RegisterRow::of(&record, tokens);
                let mut line = serde_json::to_vec(&row).expect("a row is JSON");
                line.push(b'\n');
                out.write_all(&line)?;
            }
            Ok(())
        })
    }

    fn manifest<W: Write + Seek>(
        &self,
        out: &Archive<W>,
        as_of: Timestamp,
    ) -> Result<Manifest, InstitutionError> {
        let legal = self.record.document.get("legalName").and_then(Value::as_object);
        let name: BTreeMap<String, String> = legal
            .into_iter()
            .flatten()
            .filter_map(|(language, name)| Some((language.clone(), name.as_str()?.to_owned())))
            .collect();
        let mut members: Vec<Member> = out
            .entries()
            .iter()
            .map(|entry| Member {
                path: entry.path.clone(),
                length: entry.length,
                sha256: entry.sha256.clone(),
            })
            .collect();
        members.sort_by(|one, other| one.path.cmp(&other.path));
        let mut manifest = Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            issuer: self.issuer.clone(),
            did: self.sealer.id.clone(),
            name,
            base_url: self.desk.installation().base_url.clone(),
            test: self.sealer.test,
            as_of,
            succession: None,
            certificates: self.ids.len() as u64,
            key: self.desk.statement_key(self.issuer)?,
            members,
        };
        manifest.succession = self.sealer.closed.as_ref().map(|closing| Succession {
            closed: closing.at,
            lists_until: closing.lists_until,
            keeper: closing.keeper.clone(),
            keeper_url: closing.keeper_url.clone(),
            statement: format!(
                "{} ({}) closed at {}. From then on {} ({}) keeps its keys, status lists, \
                 definitions and the fingerprints of its certificates, and answers for them.",
                manifest.name(),
                self.sealer.id,
                closing.at,
                closing.keeper,
                closing.keeper_url
            ),
        });
        Ok(manifest)
    }
}

/// Every text in a document.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            found.insert(text.clone());
        }
        Value::Number(number) => {
            found.insert(number.to_string());
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts(member, found)),
        Value::Null | Value::Bool(_) => {}
    }
}
