//! The unsigned credential of one award (mapping, sections 5 to 8). A pure function: identifiers,
//! salt, status places and the moment of issue arrive as [`Generated`].

use super::achievement::{
    Mapping, MappingError, TEST, achievement, address, organisation, profile,
};
use super::alignment::{Alignment, concept};
use super::award::{Assessment, Award, CompetenceResult};
use super::catalogue::{Generated, Installation, RegisterFacts, Sealer};
use super::decimal::Hundredths;
use super::definition::{Definition, StackRule};
use super::identity::{hash_identity, normalised};
use super::language::Language;
use super::wording::words;
use crate::model::StatusEntry;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// The two contexts of every credential, in this order (decision D1).
pub const CONTEXTS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

/// Writes the credential of an award that was checked. The sealer's `id` and `test` must be those
/// under which the catalogue knows it.
pub fn to_credential(
    mapping: &Mapping<'_>,
    definition: &Definition,
    award: &Award,
    sealer: &Sealer,
    facts: &RegisterFacts,
    generated: &Generated,
) -> Result<Value, MappingError> {
    let codes: Vec<&str> = award.competences.iter().map(|result| result.code.as_str()).collect();
    let selection = definition.kind.is_evc().then_some(codes.as_slice());
    let achievement = achievement(mapping, definition, selection)?;
    with_achievement(mapping, definition, award, sealer, facts, generated, achievement)
}

fn with_achievement(
    mapping: &Mapping<'_>,
    definition: &Definition,
    award: &Award,
    sealer: &Sealer,
    facts: &RegisterFacts,
    generated: &Generated,
    achievement: Value,
) -> Result<Value, MappingError> {
    let writer = Writer { mapping, definition, award, sealer, facts, generated };
    let title = definition.text(&definition.title);
    let mut credential = Map::with_capacity(14);
    credential.insert("@context".into(), json!(CONTEXTS));
    let id = mapping.installation.credential_url(generated.credential_id);
    credential.insert("id".into(), id.into());
    credential.insert("type".into(), json!(["VerifiableCredential", "OpenBadgeCredential"]));
    credential.insert(
        "name".into(),
        if sealer.test { format!("{TEST}{title}") } else { title.to_owned() }.into(),
    );
    credential.insert("description".into(), definition.text(&definition.description).into());
    credential.insert("issuer".into(), issuer(mapping, sealer, definition.language)?);
    credential.insert("validFrom".into(), generated.issued_at.to_string().into());
    if let Some(until) = award.valid_until {
        credential.insert("validUntil".into(), until.midnight().to_string().into());
    }
    credential.insert("awardedDate".into(), award.decision_date.midnight().to_string().into());
    credential.insert("credentialSubject".into(), writer.subject(achievement)?);
    let evidence = writer.evidence();
    if !evidence.is_empty() {
        credential.insert("evidence".into(), Value::Array(evidence));
    }
    let mut entries: Vec<Value> =
        generated.status.iter().map(|e| status(mapping.installation, e)).collect();
    match entries.len() {
        0 => {}
        1 => {
            credential.insert("credentialStatus".into(), entries.remove(0));
        }
        // An array fails the published schemas; only an issuer that opts in pays that price (D7).
        _ => {
            credential.insert("credentialStatus".into(), Value::Array(entries));
        }
    }
    Ok(Value::Object(credential))
}

struct Writer<'a> {
    mapping: &'a Mapping<'a>,
    definition: &'a Definition,
    award: &'a Award,
    sealer: &'a Sealer,
    facts: &'a RegisterFacts,
    generated: &'a Generated,
}

impl Writer<'_> {
    fn subject(&self, achievement: Value) -> Result<Value, MappingError> {
        let (award, learner) = (self.award, &self.award.learner);
        let mut subject = Map::with_capacity(12);
        let id = learner.holder_did.as_ref().unwrap_or(&self.generated.subject_id);
        subject.insert("id".into(), id.as_str().into());
        subject.insert("type".into(), json!(["AchievementSubject"]));
        let identifiers = self.identifiers();
        if !identifiers.is_empty() {
            subject.insert("identifier".into(), Value::Array(identifiers));
        }
        if let Some(activity) = award.activity {
            for (member, day) in
                [("activityStartDate", activity.start), ("activityEndDate", activity.end)]
            {
                subject.insert(member.into(), day.midnight().to_string().into());
            }
        }
        subject.insert("licenseNumber".into(), award.certificate_number.as_str().into());
        if let Some(year) = &award.academic_year {
            subject.insert("term".into(), year.as_str().into());
        }
        if let Some(assessor) = award.assessment.as_ref().and_then(|a| a.organisation.as_ref()) {
            let assessor = organisation(self.mapping, assessor.as_str())?;
            subject
                .insert("source".into(), profile(&assessor, self.definition.language, false, true));
        }
        if let Some(ects) = self.credits()? {
            subject.insert("creditsEarned".into(), ects.to_json());
        }
        subject.insert("result".into(), Value::Array(self.results()?));
        subject.insert("achievement".into(), achievement);
        Ok(Value::Object(subject))
    }

    fn identifiers(&self) -> Vec<Value> {
        let learner = &self.award.learner;
        let address = learner.email.as_ref().map(|email| {
            json!({
                "type": "IdentityObject",
                "hashed": true,
                "identityHash": hash_identity(&normalised(email), &self.generated.salt),
                "identityType": "emailAddress",
                "salt": self.generated.salt,
            })
        });
        let name = learner.name.as_ref().map(|name| {
            json!({
                "type": "IdentityObject",
                "hashed": false,
                "identityHash": name,
                "identityType": "name",
            })
        });
        address.into_iter().chain(name).collect()
    }

    /// The definition's credits; of a stack that need not be whole, those of the stacked parts.
    fn credits(&self) -> Result<Option<Hundredths>, MappingError> {
        let whole = self.definition.parts.as_ref().is_none_or(|p| p.rule == StackRule::AllOf);
        if whole {
            return Ok(self.definition.ects());
        }
        let parts = self.parts()?;
        Ok(Some(parts.values().fold(Hundredths::default(), |sum, part| sum.plus(part.1))))
    }

    /// Per part code: title and credits of the part.
    fn parts(&self) -> Result<HashMap<&str, (String, Hundredths)>, MappingError> {
        let mut parts = HashMap::new();
        let items = self.definition.parts.iter().flat_map(|parts| &parts.items);
        for item in items.filter(|item| self.award.parts.iter().any(|p| p.code == item.code)) {
            let definition =
                self.mapping.catalogue.definition(&item.definition).ok_or_else(|| {
                    MappingError::NotInCatalogue {
                        what: "definition",
                        name: item.definition.to_string(),
                    }
                })?;
            let title = definition.title.nearest(self.definition.language).to_owned();
            parts.insert(item.code.as_str(), (title, definition.ects().unwrap_or_default()));
        }
        Ok(parts)
    }

    fn result_id(&self, name: &str) -> String {
        format!("{}#result-{name}", self.mapping.installation.definition_url(&self.definition.name))
    }

    fn results(&self) -> Result<Vec<Value>, MappingError> {
        let mut decision = json!({
            "type": ["Result"],
            "resultDescription": self.result_id("decision"),
            "status": "Completed",
        });
        let alignments = self.decision_alignments()?;
        if !alignments.is_empty() {
            decision["alignment"] = Value::Array(alignments);
        }
        let mut results = vec![decision];
        if let Some(grade) = &self.award.grade {
            results.push(json!({
                "type": ["Result"],
                "resultDescription": self.result_id("grade"),
                "value": grade,
            }));
        }
        // Written in the order of the definition, whatever the order of the request.
        for competence in &self.definition.competences {
            let found = self.award.competences.iter().find(|c| c.code == competence.code);
            results.extend(found.map(|result| self.competence(result)));
        }
        results.extend(self.part_results()?);
        Ok(results)
    }

    fn part_results(&self) -> Result<Vec<Value>, MappingError> {
        let parts = self.parts()?;
        let mut results = Vec::new();
        for item in self.definition.parts.iter().flat_map(|parts| &parts.items) {
            let Some(awarded) = self.award.parts.iter().find(|part| part.code == item.code) else {
                continue;
            };
            let facts =
                self.facts.parts.get(&awarded.award).ok_or(MappingError::NoFacts("part"))?;
            let (title, ects) =
                parts.get(item.code.as_str()).ok_or(MappingError::NoFacts("part"))?;
            let alignment = Alignment {
                target_type: "PartCredential",
                name: title,
                url: &facts.credential,
                code: Some(&facts.certificate_number),
                description: Some(&facts.decision_date.to_string()),
                ..Alignment::default()
            };
            results.push(json!({
                "type": ["Result"],
                "resultDescription": self.result_id(&item.code),
                "value": ects.to_string(),
                "alignment": [alignment.write()],
            }));
        }
        Ok(results)
    }

    fn concept(&self, target_type: &str, list: &str, code: &str) -> Value {
        concept(self.mapping, self.definition.language, target_type, list, code)
    }

    fn decision_alignments(&self) -> Result<Vec<Value>, MappingError> {
        let mut all = Vec::new();
        if let Some(assessment) = &self.award.assessment {
            self.assessment(assessment, &mut all);
        }
        if let Some(reference) = &self.award.mandate {
            all.push(self.mandate(reference)?);
        }
        if self.award.replaces.is_some() {
            let facts = self
                .facts
                .replaced
                .as_ref()
                .ok_or(MappingError::NoFacts("replaced certificate"))?;
            let words = words(self.definition.language);
            let alignment = Alignment {
                target_type: "Replaces",
                name: &format!("{} {}", words.replaces, facts.certificate_number),
                url: &facts.credential,
                code: Some(&facts.certificate_number),
                ..Alignment::default()
            };
            all.push(alignment.write());
        }
        Ok(all)
    }

    fn assessment(&self, assessment: &Assessment, all: &mut Vec<Value>) {
        for method in &assessment.methods {
            all.push(self.concept("AssessmentType", "assessment", method));
        }
        if let Some(code) = &assessment.supervision {
            all.push(self.concept("Supervision", "supervision", code));
        }
        if let Some(code) = &assessment.holder_identification {
            all.push(self.concept("HolderIdentification", "holder-identification", code));
        }
        // One entry per assessor: role and a number, so that equal roles stay apart.
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for role in &assessment.assessors {
            let count = counts.entry(role).or_default();
            *count += 1;
            let mut alignment = self.concept("AssessorRole", "assessor-role", role);
            alignment["targetCode"] = format!("{role}.{count}").into();
            all.push(alignment);
        }
        let stated = [assessment.guide_was_assessor, assessment.guide_took_part_in_decision];
        if stated == [Some(false), Some(false)] {
            all.push(self.concept("GuideSeparation", "guide-separation", "guide-not-assessor"));
        }
    }

    fn mandate(&self, reference: &str) -> Result<Value, MappingError> {
        let sealer = organisation(self.mapping, self.sealer.slug.as_str())?;
        let mandate = sealer.mandate(reference).ok_or_else(|| MappingError::NotInCatalogue {
            what: "mandate",
            name: reference.to_owned(),
        })?;
        let body = organisation(self.mapping, mandate.on_behalf_of.as_str())?;
        let language = self.definition.language;
        let words = words(language);
        let name = format!(
            "{} {} {} {}",
            words.sealed_by,
            sealer.name(language),
            words.on_behalf_of,
            body.name(language)
        );
        let own = self.mapping.installation.mandate_url(&self.sealer.slug, reference);
        let alignment = Alignment {
            target_type: "SealingMandate",
            name: &name,
            url: mandate.url.as_ref().unwrap_or(&own),
            code: Some(reference),
            description: Some(&mandate.period()),
            ..Alignment::default()
        };
        Ok(alignment.write())
    }

    fn competence(&self, result: &CompetenceResult) -> Value {
        let id = self.result_id(&result.code);
        let mut alignments = Vec::with_capacity(result.basis.len() + result.experience.len());
        for basis in &result.basis {
            let mut alignment = self.concept("EvidenceBasis", "assessment", &basis.method);
            alignment["targetName"] = basis.text.as_str().into();
            alignments.push(alignment);
        }
        for code in &result.experience {
            alignments.push(self.concept("ExperienceSource", "experience", code));
        }
        let mut written = json!({"type": ["Result"], "resultDescription": id});
        match &result.proficiency {
            Some(level) => written["achievedLevel"] = format!("{id}-{level}").into(),
            None => written["status"] = "Completed".into(),
        }
        written["alignment"] = Value::Array(alignments);
        written
    }

    fn evidence(&self) -> Vec<Value> {
        let write = |evidence: &super::award::Evidence| {
            let mut written = json!({
                "type": ["Evidence"],
                "name": evidence.name,
                "genre": evidence.genre,
            });
            for (member, text) in
                [("narrative", &evidence.narrative), ("digestMultibase", &evidence.digest)]
            {
                if let Some(text) = text {
                    written[member] = text.as_str().into();
                }
            }
            written
        };
        self.award.evidence.iter().map(write).collect()
    }
}

/// The issuer of what this organisation seals: its whole profile.
pub(super) fn issuer(
    mapping: &Mapping<'_>,
    sealer: &Sealer,
    language: Language,
) -> Result<Value, MappingError> {
    let organisation = organisation(mapping, sealer.slug.as_str())?;
    let mut issuer = profile(&organisation, language, sealer.test, false);
    issuer["id"] = sealer.id.as_str().into();
    issuer["address"] = address(&organisation);
    if let Some(contact) = &organisation.contact {
        issuer["email"] = contact.as_str().into();
    }
    Ok(issuer)
}

/// A place in a status list.
pub(super) fn status(installation: &Installation, entry: &StatusEntry) -> Value {
    let list = installation.status_list_url(&entry.list);
    json!({
        "id": format!("{list}#{}", entry.index),
        "type": "BitstringStatusListEntry",
        "statusPurpose": entry.purpose.as_str(),
        "statusListIndex": entry.index.to_string(),
        "statusListCredential": list,
    })
}
