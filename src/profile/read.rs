//! Reading a credential back into a [`CertificateView`] (mapping, section 10). Takes any JSON: what
//! is foreign or malformed is left out or listed under `other`, never an error and never a panic.
//! Whether the document is signed is not asked here.

use super::decimal::Hundredths;
use super::view::{
    AssessorView, CertificateView, CompetenceResultView, ConceptView, EvidenceView, GradeView,
    Inconsistency, MandateView, OrganisationView, OutcomeView, PartView, WorkloadView,
};
use crate::model::{CertificateKind, Date, Timestamp};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The view of a credential, from the document alone.
pub fn read(credential: &Value) -> CertificateView {
    let null = Value::Null;
    let subject = first(credential.get("credentialSubject").unwrap_or(&null));
    let achievement = first(subject.get("achievement").unwrap_or(&null));
    let mut view = CertificateView::default();
    natively(&mut view, credential, subject, achievement);
    let all = list(achievement, "alignment").iter().filter_map(concept);
    let mut skills = Vec::new();
    for alignment in all {
        definition_fact(&mut view, alignment, &mut skills);
    }
    view.definition.url = view
        .definition
        .selection
        .then(|| view.definition.url.take())
        .flatten()
        .or_else(|| view.definition.achievement.clone());
    join_skills(&mut view, skills);
    Results::new(subject, achievement, &mut view).join(&mut view);
    view.kind = kind(&view);
    view.assessors.sort_by(|a, b| a.role.code.cmp(&b.role.code));
    view
}

/// A value, or the first of an array.
fn first(value: &Value) -> &Value {
    match value.as_array() {
        Some(elements) => elements.first().unwrap_or(value),
        None => value,
    }
}

/// The elements of a member that may be written with one value or with an array.
fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    match value.get(name) {
        Some(Value::Array(elements)) => elements,
        Some(Value::Null) | None => &[],
        Some(one) => std::slice::from_ref(one),
    }
}

/// A text, also one that carries its language or stands in an array.
fn text(value: &Value, name: &str) -> Option<String> {
    plain(value.get(name)?).map(str::to_owned)
}

fn plain(value: &Value) -> Option<&str> {
    let value = first(value);
    value.get("@value").unwrap_or(value).as_str()
}

/// The first ten characters of a date-time.
fn date(value: &Value, name: &str) -> Option<Date> {
    plain(value.get(name)?)?.get(..10)?.parse().ok()
}

fn moment(value: &Value, name: &str) -> Option<Timestamp> {
    value.get(name).and_then(Value::as_str)?.parse().ok()
}

fn number(value: &Value, name: &str) -> Option<Hundredths> {
    let number = value.get(name)?.as_number()?;
    let whole = number.as_i64().map(|n| n.to_string());
    Hundredths::parse(&whole.or_else(|| number.as_f64().map(|n| n.to_string()))?)
}

/// An alignment; one without type, name or address is foreign and still shown.
fn concept(alignment: &Value) -> Option<ConceptView> {
    alignment.as_object()?;
    Some(ConceptView {
        target_type: text(alignment, "targetType").unwrap_or_default(),
        name: text(alignment, "targetName").unwrap_or_default(),
        url: text(alignment, "targetUrl").unwrap_or_default(),
        code: text(alignment, "targetCode"),
        framework: text(alignment, "targetFramework"),
        description: text(alignment, "targetDescription"),
    })
}

fn profile(value: &Value) -> Option<OrganisationView> {
    if let Some(id) = value.as_str() {
        let id = Some(id.to_owned());
        return Some(OrganisationView { id, ..OrganisationView::default() });
    }
    value.as_object()?;
    let null = Value::Null;
    let address = first(value.get("address").unwrap_or(&null));
    Some(OrganisationView {
        id: text(value, "id"),
        name: text(value, "name").unwrap_or_default(),
        url: text(value, "url"),
        country: text(address, "addressCountryCode"),
        region: text(address, "addressRegion"),
        email: text(value, "email"),
        register: None,
        number: None,
    })
}

/// The issuer of a credential. Where it is also the creator of the achievement, or has assessed, the
/// document describes one organisation in several places, and each of them may say what the others
/// leave out.
pub fn issuer(credential: &Value) -> Option<OrganisationView> {
    let mut issuer = credential.get("issuer").and_then(profile)?;
    let null = Value::Null;
    let subject = first(credential.get("credentialSubject").unwrap_or(&null));
    let achievement = first(subject.get("achievement").unwrap_or(&null));
    for other in [achievement.get("creator"), subject.get("source")] {
        let Some(other) = other.and_then(profile) else { continue };
        if issuer.id.is_none() || other.id != issuer.id {
            continue;
        }
        if issuer.name.is_empty() {
            issuer.name = other.name;
        }
        issuer.url = issuer.url.or(other.url);
        issuer.country = issuer.country.or(other.country);
        issuer.region = issuer.region.or(other.region);
        issuer.email = issuer.email.or(other.email);
    }
    Some(issuer)
}

fn natively(view: &mut CertificateView, credential: &Value, subject: &Value, achievement: &Value) {
    view.id = text(credential, "id");
    view.issuer = issuer(credential);
    view.test = view
        .issuer
        .as_ref()
        .is_some_and(|issuer| issuer.name.starts_with(super::achievement::TEST));
    view.issued = moment(credential, "validFrom").or_else(|| moment(credential, "issuanceDate"));
    view.valid_until =
        moment(credential, "validUntil").or_else(|| moment(credential, "expirationDate"));
    view.decided = date(credential, "awardedDate");
    view.evidence = list(credential, "evidence")
        .iter()
        .map(|evidence| EvidenceView {
            name: text(evidence, "name"),
            genre: text(evidence, "genre"),
            narrative: text(evidence, "narrative"),
            digest: text(evidence, "digestMultibase"),
        })
        .collect();
    view.holder.id = text(subject, "id");
    for identity in list(subject, "identifier") {
        match (text(identity, "identityType").as_deref(), identity.get("hashed")) {
            (Some("name"), Some(Value::Bool(false))) => {
                view.holder.name = text(identity, "identityHash");
            }
            (Some("emailAddress"), _) => view.holder.has_address = true,
            _ => {}
        }
    }
    view.activity_start = date(subject, "activityStartDate");
    view.activity_end = date(subject, "activityEndDate");
    view.certificate_number = text(subject, "licenseNumber");
    view.academic_year = text(subject, "term");
    view.assessed_by = subject.get("source").and_then(profile);
    view.credits_earned = number(subject, "creditsEarned");
    view.credits_available = number(achievement, "creditsAvailable");
    view.achievement_type = text(achievement, "achievementType");
    view.language = text(achievement, "inLanguage");
    view.title = text(achievement, "name").or_else(|| text(credential, "name"));
    view.description = text(achievement, "description");
    view.narrative = achievement.get("criteria").and_then(|c| text(first(c), "narrative"));
    view.definition.achievement = text(achievement, "id");
    view.definition.version = text(achievement, "version");
    view.definition.code = text(achievement, "humanCode");
}

/// Puts a fact of the definition where it belongs.
fn definition_fact(view: &mut CertificateView, found: ConceptView, skills: &mut Vec<ConceptView>) {
    let target_type = found.target_type.strip_prefix("ext:").unwrap_or_default().to_owned();
    match target_type.as_str() {
        "CertificateKind" => view.kind_concept = Some(found),
        "AwardingBody" => view.awarding_bodies.push(organisation(found)),
        "TrainingProvider" => view.training_providers.push(organisation(found)),
        "LearningOutcome" => view.outcomes.push(outcome(found)),
        "Competence" => view.competences.push(outcome(found)),
        "ESCOSkill" => skills.push(found),
        "ESCOOccupation" => view.occupations.push(found),
        "CompetenceFramework" => view.framework = Some(found),
        "Qualification" => view.qualification = Some(found),
        "SelectedFrom" => {
            view.definition.selection = true;
            view.definition.url = Some(found.url);
        }
        "EQFLevel" => view.level.eqf = Some(found),
        "VKSLevel" => view.level.vks = Some(found),
        "QFEHEACycle" => view.level.cycle = Some(found),
        "NotApplicable" if found.code.as_deref() == Some("level") => {
            view.level.not_applicable = Some(found);
        }
        "NotApplicable" if found.code.as_deref() == Some("ects") => {
            view.credits_not_applicable = Some(found);
        }
        "CreditSystem" => view.credit_system = Some(found),
        "Workload" => view.workload = Some(workload(found)),
        "AssessmentType" => view.assessment.push(found),
        "Supervision" => view.supervision = Some(found),
        "ParticipationForm" => view.participation.push(found),
        "Schedule" => view.schedule.push(found),
        "LanguageOfInstruction" => view.languages_of_instruction.push(found),
        "LearningSetting" => view.learning_setting = Some(found),
        "QualityAssurance" => view.quality_assurance.push(found),
        "QualityAssuranceReport" => view.quality_reports.push(found),
        "ISCEDF" => view.field_of_education = Some(found),
        "Prerequisites" => view.prerequisites = Some(found.name),
        "Stackability" => view.stackability = Some(found),
        "StacksInto" => view.stacks_into.push(found),
        "StackRule" => view.stack_rule = Some(found),
        "PartAchievement" => {
            view.parts.push(PartView { concept: found, ..PartView::default() });
        }
        "Procedure" => view.procedure = Some(found),
        "LegalBasis" => view.legal_basis = Some(found),
        "RecognitionNote" => view.recognition_note = Some(found.name),
        _ => view.other.push(found),
    }
}

fn organisation(found: ConceptView) -> OrganisationView {
    let place = found.description.unwrap_or_default();
    let (country, region) = match place.split_once(" / ") {
        Some((country, region)) => (country, Some(region.to_owned())),
        None => (place.as_str(), None),
    };
    OrganisationView {
        id: None,
        name: found.name,
        url: Some(found.url),
        country: Some(country.to_owned()).filter(|country| !country.is_empty()),
        region,
        email: None,
        register: found.framework,
        number: found.code,
    }
}

fn outcome(concept: ConceptView) -> OutcomeView {
    OutcomeView { concept, ..OutcomeView::default() }
}

fn workload(found: ConceptView) -> WorkloadView {
    let hours = found
        .code
        .as_deref()
        .and_then(|code| code.strip_prefix("PT")?.strip_suffix('H'))
        .and_then(Hundredths::parse);
    WorkloadView { duration: found.code, hours, text: found.name }
}

/// Bytes of the copies that joining may make: a skill of many codes stands with each of its
/// outcomes. What goes beyond that stands with the other skills.
const MAX_JOINED: usize = 1 << 20;

/// Joins skills to outcomes on the codes in their description, whatever their case.
fn join_skills(view: &mut CertificateView, skills: Vec<ConceptView>) {
    let mut left = MAX_JOINED;
    for skill in skills {
        let described = skill.description.as_deref().unwrap_or_default();
        let codes: HashSet<String> = described
            .split(',')
            .map(|code| code.trim().to_ascii_lowercase())
            .filter(|code| !code.is_empty())
            .collect();
        let mut joined = false;
        for outcome in view.outcomes.iter_mut().chain(&mut view.competences) {
            let own = outcome.concept.code.as_deref().unwrap_or_default();
            if codes.contains(&own.to_ascii_lowercase()) {
                let Some(after) = left.checked_sub(size(&skill)) else { break };
                left = after;
                outcome.skills.push(skill.clone());
                joined = true;
            }
        }
        if !joined {
            view.other_skills.push(skill);
        }
    }
}

/// About as many bytes as a copy takes.
fn size(concept: &ConceptView) -> usize {
    let optional = [&concept.code, &concept.framework, &concept.description];
    [&concept.target_type, &concept.name, &concept.url]
        .into_iter()
        .chain(optional.into_iter().flatten())
        .map(String::len)
        .sum::<usize>()
        + size_of::<ConceptView>()
}

/// The kind: what is stated, else derived from the type of achievement, else another badge.
fn kind(view: &CertificateView) -> Option<CertificateKind> {
    if let Some(concept) = &view.kind_concept {
        return concept.code.as_deref().and_then(|code| code.parse().ok());
    }
    match view.achievement_type.as_deref() {
        Some("MicroCredential") => Some(CertificateKind::Microcredential),
        _ => None,
    }
}

/// Results joined to their descriptions by id.
struct Results<'a> {
    descriptions: HashMap<&'a str, &'a Value>,
    results: Vec<(&'a Value, &'a str)>,
}

impl<'a> Results<'a> {
    fn new(subject: &'a Value, achievement: &'a Value, view: &mut CertificateView) -> Self {
        let mut report = |pointer: String, code| {
            view.inconsistencies.push(Inconsistency { pointer, code });
        };
        let mut descriptions = HashMap::new();
        for (i, description) in list(achievement, "resultDescription").iter().enumerate() {
            let Some(id) = description.get("id").and_then(Value::as_str) else { continue };
            if descriptions.insert(id, description).is_some() {
                let at = "/credentialSubject/achievement/resultDescription";
                report(format!("{at}/{i}"), "two-descriptions");
            }
        }
        let mut results: Vec<(&Value, &str)> = Vec::new();
        let mut seen = HashSet::new();
        for (i, result) in list(subject, "result").iter().enumerate() {
            let at = format!("/credentialSubject/result/{i}");
            let Some(id) = result.get("resultDescription").and_then(Value::as_str) else {
                continue;
            };
            if !descriptions.contains_key(id) {
                report(at, "result-without-description");
            } else if !seen.insert(id) {
                report(at, "two-results");
            } else {
                results.push((result, id));
            }
        }
        Self { descriptions, results }
    }

    fn join(&self, view: &mut CertificateView) {
        for (result, id) in &self.results {
            let Some(description) = self.descriptions.get(id) else { continue };
            let about: Vec<ConceptView> =
                list(description, "alignment").iter().filter_map(concept).collect();
            let alignments: Vec<ConceptView> =
                list(result, "alignment").iter().filter_map(concept).collect();
            let code = |target_type: &str| {
                about.iter().find(|c| c.target_type == target_type).map(|c| c.code.clone())
            };
            if id.ends_with("#result-decision") {
                decision(view, alignments);
            } else if let Some(code) = code("ext:Competence") {
                let judged = competence(result, description, alignments, &mut view.other);
                let found = view.competences.iter_mut().find(|c| c.concept.code == code);
                if let Some(competence) = found {
                    competence.result = Some(judged);
                }
            } else if let Some(code) = code("ext:PartAchievement") {
                part(view, &code, result, about, alignments);
            } else if let Some(value) = text(result, "value") {
                view.grade = Some(GradeView {
                    value,
                    min: text(description, "valueMin"),
                    max: text(description, "valueMax"),
                    pass: text(description, "requiredValue"),
                });
                view.other.extend(alignments);
            } else {
                view.other.extend(alignments);
            }
        }
        let selected = view.definition.achievement.as_deref().is_some_and(|id| {
            view.definition.url.as_deref().is_some_and(|url| {
                id.strip_prefix(url).is_some_and(|rest| rest.starts_with("/selection/"))
            })
        });
        if selected != view.definition.selection {
            view.inconsistencies.push(Inconsistency {
                pointer: "/credentialSubject/achievement/id".to_owned(),
                code: "selection",
            });
        }
    }
}

/// Facts of this award; they win over those of the definition.
fn decision(view: &mut CertificateView, alignments: Vec<ConceptView>) {
    let mut used = Vec::new();
    for found in alignments {
        let target_type = found.target_type.strip_prefix("ext:").unwrap_or_default().to_owned();
        match target_type.as_str() {
            "AssessmentType" => used.push(found),
            "Supervision" => view.supervision = Some(found),
            "HolderIdentification" => view.holder_identification = Some(found),
            "AssessorRole" => assessor(view, found),
            "GuideSeparation" => view.guide_separation = Some(found),
            "SealingMandate" => view.mandate = Some(mandate(found)),
            "Replaces" => view.replaces = Some(found),
            _ => view.other.push(found),
        }
    }
    if !used.is_empty() {
        view.assessment = used;
    }
}

fn assessor(view: &mut CertificateView, mut found: ConceptView) {
    if let Some((role, _)) = found.code.as_deref().and_then(|code| code.split_once('.')) {
        found.code = Some(role.to_owned());
    }
    match view.assessors.iter_mut().find(|known| known.role.code == found.code) {
        Some(known) => known.count += 1,
        None => view.assessors.push(AssessorView { role: found, count: 1 }),
    }
}

/// A period that cannot be read has no first day, so it covers no day at all.
fn mandate(found: ConceptView) -> MandateView {
    let period = found.description.as_deref().and_then(|text| {
        let (from, until) = text.split_once('/')?;
        let until = match until {
            ".." => None,
            day => Some(day.parse::<Date>().ok()?),
        };
        Some((from.parse::<Date>().ok()?, until))
    });
    MandateView {
        from: period.map(|(from, _)| from),
        until: period.and_then(|(_, until)| until),
        concept: found,
    }
}

fn competence(
    result: &Value,
    description: &Value,
    alignments: Vec<ConceptView>,
    other: &mut Vec<ConceptView>,
) -> CompetenceResultView {
    let mut judged =
        CompetenceResultView { status: text(result, "status"), ..CompetenceResultView::default() };
    let achieved = text(result, "achievedLevel");
    for level in list(description, "rubricCriterionLevel") {
        let name = text(level, "name").unwrap_or_default();
        if achieved.is_some() && text(level, "id") == achieved {
            judged.level = text(level, "level");
            judged.level_name = Some(name.clone());
        }
        judged.scale.push(name);
    }
    for found in alignments {
        match found.target_type.as_str() {
            "ext:EvidenceBasis" => judged.basis.push(found),
            "ext:ExperienceSource" => judged.experience.push(found),
            _ => other.push(found),
        }
    }
    judged
}

fn part(
    view: &mut CertificateView,
    code: &Option<String>,
    result: &Value,
    about: Vec<ConceptView>,
    alignments: Vec<ConceptView>,
) {
    let mut credential = None;
    for found in alignments {
        match found.target_type.as_str() {
            "ext:PartCredential" => credential = Some(found),
            _ => view.other.push(found),
        }
    }
    let Some(part) = view.parts.iter_mut().find(|part| part.concept.code == *code) else { return };
    part.credits = text(result, "value").as_deref().and_then(Hundredths::parse);
    part.credential = credential;
    for found in about {
        match found.target_type.as_str() {
            "ext:EQFLevel" => part.eqf = Some(found),
            "ext:VKSLevel" => part.vks = Some(found),
            _ => {}
        }
    }
}
