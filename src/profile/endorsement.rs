//! Endorsements: another organisation's signed statement about a definition version or about one
//! certificate (Open Badges 3.0, EndorsementCredential; mapping, section 7). It stands beside what
//! it endorses and is never embedded. Deliberately nothing of the endorsed thing is repeated in it:
//! an endorsement of a closed certificate tells its address, and no title, issuer or holder.

use super::achievement::{Mapping, MappingError, TEST, organisation};
use super::catalogue::{Installation, Sealer};
use super::credential::{CONTEXTS, issuer, status};
use super::language::Language;
use super::reader::{Faults, Fields, Node, unknown_field};
use super::text::{self, Limit};
use crate::model::{
    AwardFault, CredentialId, Date, DefinitionRef, EndorsementFault, FieldError, Noun, ShapeFault,
    StatusEntry, Timestamp,
};
use serde_json::{Map, Value, json};

/// What is endorsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endorsed {
    /// A definition version.
    Definition(DefinitionRef),
    /// A certificate.
    Credential(CredentialId),
}

impl Endorsed {
    /// Its address: the subject of the endorsement.
    pub fn url(&self, installation: &Installation) -> String {
        match self {
            Self::Definition(name) => installation.definition_url(name),
            Self::Credential(id) => installation.credential_url(*id),
        }
    }

    /// The member of the request that names it.
    pub fn member(&self) -> &'static str {
        match self {
            Self::Definition(_) => "definition",
            Self::Credential(_) => "credential",
        }
    }
}

/// A request for an endorsement, checked by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endorsement {
    /// What is endorsed.
    pub target: Endorsed,
    /// What the endorser says of it.
    pub comment: String,
    /// In which language.
    pub language: Language,
    /// The last moment is the midnight (UTC) that begins this day.
    pub valid_until: Option<Date>,
    /// Why it ends; not published.
    pub valid_until_reason: Option<String>,
}

/// What is drawn and held for one endorsement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndorsementFacts {
    /// Last segment of its address.
    pub id: CredentialId,
    /// Its places in the endorser's own status lists.
    pub status: Vec<StatusEntry>,
    /// `validFrom`.
    pub issued_at: Timestamp,
}

const FIELDS: [&str; 6] =
    ["definition", "credential", "comment", "language", "validUntil", "validUntilReason"];

/// Reads a request for an endorsement. All faults at once. Whether what it names is there is for
/// the register.
pub fn parse_endorsement(
    document: &Value,
    installation: &Installation,
    now: Timestamp,
) -> Result<Endorsement, Vec<FieldError>> {
    let faults = Faults::default();
    let endorsement = Node::root(document)
        .object(&FIELDS, &faults)
        .and_then(|fields| read(&fields, installation, now, &faults));
    let (errors, _) = faults.into_parts();
    match endorsement {
        Some(endorsement) if errors.is_empty() => Ok(endorsement),
        _ => Err(errors),
    }
}

fn read(
    fields: &Fields<'_>,
    installation: &Installation,
    now: Timestamp,
    faults: &Faults,
) -> Option<Endorsement> {
    let target = target(fields, installation, faults);
    let comment = fields
        .need_a("comment", Noun::Text, faults)
        .and_then(|node| node.text(Limit::Statement, faults));
    let language = fields
        .need_a("language", Noun::Language, faults)
        .and_then(|node| node.parse(ShapeFault::NotALanguage, faults));
    let ends = fields.get("validUntil");
    let valid_until = ends.as_ref().and_then(|node| node.date(faults));
    if valid_until.is_some_and(|until| until.midnight() <= now) {
        faults.refuse(fields.at("validUntil"), EndorsementFault::EndBeforeIssue);
    }
    let reason = fields.get("validUntilReason");
    match (&ends, &reason) {
        (Some(_), None) => {
            let at = fields.at("validUntilReason");
            faults.refuse(at, EndorsementFault::EndReasonRequired);
        }
        (None, Some(node)) => unknown_field(&node.pointer, faults),
        _ => {}
    }
    let reason = reason.and_then(|node| node.text(Limit::Statement, faults));
    Some(Endorsement {
        target: target?,
        comment: comment?,
        language: language?,
        valid_until,
        valid_until_reason: reason,
    })
}

fn target(fields: &Fields<'_>, installation: &Installation, faults: &Faults) -> Option<Endorsed> {
    match (fields.get("definition"), fields.get("credential")) {
        (None, None) => {
            faults.refuse("", EndorsementFault::TargetRequired);
            None
        }
        (Some(_), Some(node)) => {
            faults.refuse(&node.pointer, EndorsementFault::TwoTargets);
            None
        }
        (Some(node), None) => {
            node.parse(AwardFault::DefinitionFormat, faults).map(Endorsed::Definition)
        }
        (None, Some(node)) => {
            let text = text::credential_reference(&node, faults)?;
            let id = installation.credential_id(&text).or_else(|| text.parse().ok());
            if id.is_none() {
                faults.refuse(&node.pointer, EndorsementFault::CredentialUnknown);
            }
            id.map(Endorsed::Credential)
        }
    }
}

/// The unsigned EndorsementCredential. The sealer is the endorser.
pub fn to_endorsement(
    mapping: &Mapping<'_>,
    endorsement: &Endorsement,
    sealer: &Sealer,
    facts: &EndorsementFacts,
) -> Result<Value, MappingError> {
    let endorser = organisation(mapping, sealer.slug.as_str())?;
    let language = endorsement.language;
    let test = if sealer.test { TEST } else { "" };
    let name = format!("{test}{} {}", by(language), endorser.name(language));
    let mut credential = Map::with_capacity(9);
    credential.insert("@context".into(), json!(CONTEXTS));
    credential.insert("id".into(), mapping.installation.endorsement_url(facts.id).into());
    credential.insert("type".into(), json!(["VerifiableCredential", "EndorsementCredential"]));
    credential.insert("name".into(), name.into());
    credential.insert("issuer".into(), issuer(mapping, sealer, language)?);
    credential.insert("validFrom".into(), facts.issued_at.to_string().into());
    if let Some(until) = endorsement.valid_until {
        credential.insert("validUntil".into(), until.midnight().to_string().into());
    }
    let subject = json!({
        "id": endorsement.target.url(mapping.installation),
        "type": ["EndorsementSubject"],
        "endorsementComment": endorsement.comment,
    });
    credential.insert("credentialSubject".into(), subject);
    let mut entries: Vec<Value> =
        facts.status.iter().map(|entry| status(mapping.installation, entry)).collect();
    match entries.len() {
        0 => {}
        1 => {
            credential.insert("credentialStatus".into(), entries.remove(0));
        }
        _ => {
            credential.insert("credentialStatus".into(), Value::Array(entries));
        }
    }
    Ok(Value::Object(credential))
}

/// How the name of an endorsement begins. One document has one language, and the standard has no
/// member for it here, so a reader tells the language by this.
fn by(language: Language) -> &'static str {
    match language {
        Language::Nl => "Ondersteund door",
        Language::Fr => "Soutenu par",
        Language::En => "Endorsed by",
    }
}

/// What an endorsement says, read back from its signed form alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndorsementView {
    /// `issuer.name`.
    pub endorser: Option<String>,
    /// What it endorses.
    pub target: Option<String>,
    /// What it says.
    pub comment: Option<String>,
    /// In which language, when it is one of ours.
    pub language: Option<Language>,
}

/// Reads an endorsement back.
pub fn read_endorsement(credential: &Value) -> EndorsementView {
    let text = |at: &str| credential.pointer(at).and_then(Value::as_str).map(str::to_owned);
    let name = text("/name").unwrap_or_default();
    let name = name.strip_prefix(TEST).unwrap_or(&name);
    EndorsementView {
        endorser: text("/issuer/name"),
        target: text("/credentialSubject/id"),
        comment: text("/credentialSubject/endorsementComment"),
        language: Language::ALL.into_iter().find(|language| name.starts_with(by(*language))),
    }
}
