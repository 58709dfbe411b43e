//! Reading an award from a request: shapes, closed lists, texts, and what holds between members of
//! the request itself. What depends on the definition, the catalogue or the register is in
//! `award_rules`.

use super::Checked;
use super::award::{
    Activity, Assessment, Award, AwardReading, AwardedPart, Basis, CompetenceResult, Draft,
    Evidence, Learner,
};
use super::definition_rules;
use super::organisation_read::email;
use super::reader::{Faults, Fields, Node, no_duplicates};
use super::text::{self, Limit};
use super::vocabulary::Vocabulary;
use crate::model::{AwardFault, Date, DefinitionRef, FieldError, Noun, ShapeFault};
use serde_json::Value;

/// Reads an award and checks its shape alone. All faults at once.
pub fn parse_award(
    document: &Value,
    vocabulary: &Vocabulary,
) -> Result<Checked<Award>, Vec<FieldError>> {
    let reading = read_award(document, vocabulary);
    if reading.faults.is_empty() {
        Ok(Checked { value: reading.draft.award, warnings: Vec::new() })
    } else {
        Err(reading.faults)
    }
}

/// Reads an award as far as possible, so that what depends on the surroundings can be checked and
/// reported together with what is wrong with its shape.
pub fn read_award(document: &Value, vocabulary: &Vocabulary) -> AwardReading {
    let faults = Faults::default();
    let quiet = Faults::default();
    let (fields, used) = match Node::root(document).object(&FIELDS, &faults) {
        Some(fields) => (fields, &faults),
        // Not an object: one fault says so; an empty stand-in is read without more noise.
        None => (Fields::none(), &quiet),
    };
    let draft = Reader { fields: &fields, vocabulary, faults: used }.draft();
    AwardReading { draft, faults: faults.into_parts().0 }
}

const FIELDS: [&str; 17] = [
    "definition",
    "sealedBy",
    "mandate",
    "caseNumber",
    "certificateNumber",
    "replaces",
    "learner",
    "activity",
    "academicYear",
    "decision",
    "grade",
    "assessment",
    "competences",
    "evidence",
    "parts",
    "validUntil",
    "validUntilReason",
];

struct Reader<'a> {
    fields: &'a Fields<'a>,
    vocabulary: &'a Vocabulary,
    faults: &'a Faults,
}

impl Reader<'_> {
    fn draft(&self) -> Draft {
        let definition = self
            .fields
            .need_a("definition", Noun::Definition, self.faults)
            .and_then(|node| node.parse(AwardFault::DefinitionFormat, self.faults));
        let decision = self.decision();
        let sealed_by = self.fields.get("sealedBy").and_then(|node| text::slug(&node, self.faults));
        let award = Award {
            definition: definition.clone().unwrap_or_else(stand_in),
            sealed_by,
            mandate: self.reference("mandate"),
            case_number: self.reference("caseNumber"),
            certificate_number: self
                .fields
                .need_a("certificateNumber", Noun::CertificateNumber, self.faults)
                .and_then(|node| node.text(Limit::Reference, self.faults))
                .unwrap_or_default(),
            replaces: self
                .fields
                .get("replaces")
                .and_then(|node| text::credential_reference(&node, self.faults)),
            learner: self.learner(),
            activity: self.activity(),
            academic_year: self.academic_year(),
            decision_date: decision.unwrap_or_else(|| crate::model::Timestamp::EPOCH.date()),
            grade: self
                .fields
                .get("grade")
                .and_then(|node| definition_rules::grade(&node, self.faults))
                .map(|(grade, _)| grade),
            assessment: self.assessment(),
            competences: self.competences(),
            evidence: self.evidence(),
            parts: self.parts(),
            valid_until: self.fields.get_nullable("validUntil").and_then(|n| n.date(self.faults)),
            valid_until_reason: self
                .fields
                .get("validUntilReason")
                .and_then(|node| node.text(Limit::Statement, self.faults)),
        };
        self.end_date();
        Draft { award, definition_known: definition.is_some(), decision_known: decision.is_some() }
    }

    fn reference(&self, name: &str) -> Option<String> {
        self.fields.get(name)?.text(Limit::Reference, self.faults)
    }

    fn learner(&self) -> Learner {
        let mut learner = Learner { email: None, name: None, holder_did: None, language: None };
        let Some(node) = self.fields.need("learner", AwardFault::LearnerRequired, self.faults)
        else {
            return learner;
        };
        let known = ["email", "name", "holderDid", "language"];
        let Some(fields) = node.object(&known, self.faults) else { return learner };
        if !fields.has("email") && !fields.has("holderDid") {
            self.faults.refuse(&node.pointer, AwardFault::LearnerRequired);
        }
        learner.email = fields.get("email").and_then(|node| email(&node, self.faults));
        learner.name = fields.get("name").and_then(|node| node.text(Limit::Name, self.faults));
        learner.holder_did = fields.get("holderDid").and_then(|node| {
            let did = node.string(self.faults)?;
            if text::is_holder_did(did) {
                return Some(did.to_owned());
            }
            self.faults.refuse(&node.pointer, ShapeFault::NotADid);
            None
        });
        learner.language = fields
            .get("language")
            .and_then(|node| node.parse(ShapeFault::NotALanguage, self.faults));
        learner
    }

    fn activity(&self) -> Option<Activity> {
        let fields = self.fields.get("activity")?.object(&["start", "end"], self.faults)?;
        let day =
            |name: &str, what: Noun| fields.need_a(name, what, self.faults)?.date(self.faults);
        let (start, end) = (day("start", Noun::FirstDay), day("end", Noun::LastDay));
        let activity = Activity { start: start?, end: end? };
        if activity.end < activity.start {
            self.faults.refuse(fields.at("end"), AwardFault::ActivityReversed);
        }
        Some(activity)
    }

    fn academic_year(&self) -> Option<String> {
        let node = self.fields.get("academicYear")?;
        let text = node.string(self.faults)?;
        let year = |text: &str| {
            text.parse::<u16>().ok().filter(|_| text.len() == 4 && !text.starts_with('+'))
        };
        let fits = text.split_once('-').is_some_and(|(first, second)| {
            year(first).zip(year(second)).is_some_and(|(a, b)| u32::from(b) == u32::from(a) + 1)
        });
        if fits {
            return Some(text.to_owned());
        }
        self.faults.refuse(&node.pointer, AwardFault::AcademicYear);
        None
    }

    fn decision(&self) -> Option<Date> {
        let node = self.fields.need_a("decision", Noun::Decision, self.faults)?;
        let fields = node.object(&["date", "outcome"], self.faults)?;
        let outcome = fields.need("outcome", AwardFault::OutcomeMissing, self.faults);
        if let Some(node) = outcome
            && node.string(self.faults).is_some_and(|outcome| outcome != "passed")
        {
            self.faults.refuse(&node.pointer, AwardFault::OnlyPassed);
        }
        fields.need_a("date", Noun::Date, self.faults)?.date(self.faults)
    }

    fn code(&self, fields: &Fields<'_>, name: &str, list: &str) -> Option<String> {
        let node = fields.get(name)?;
        self.vocabulary.code(list, &node, self.faults)
    }

    fn assessment(&self) -> Option<Assessment> {
        let known = [
            "organisation",
            "methods",
            "supervision",
            "holderIdentification",
            "assessors",
            "guideWasAssessor",
            "guideTookPartInDecision",
        ];
        let fields = self.fields.get("assessment")?.object(&known, self.faults)?;
        let organisation =
            fields.get("organisation").and_then(|node| text::slug(&node, self.faults));
        let methods = fields
            .get("methods")
            .map(|node| self.vocabulary.codes("assessment", &node, self.faults))
            .unwrap_or_default();
        let nodes = fields.get("assessors").and_then(|node| node.array(20, self.faults));
        let role = |node: &Node<'_>| {
            let fields = node.object(&["role"], self.faults)?;
            let role = fields.need_a("role", Noun::Role, self.faults)?;
            self.vocabulary.code("assessor-role", &role, self.faults)
        };
        let flag = |name: &str| {
            // A statement that is no boolean is a fault of its own; it counts as made.
            let node = fields.get(name)?;
            Some(node.boolean(self.faults).unwrap_or(false))
        };
        Some(Assessment {
            organisation,
            methods,
            supervision: self.code(&fields, "supervision", "supervision"),
            holder_identification: self.code(
                &fields,
                "holderIdentification",
                "holder-identification",
            ),
            assessors: nodes.unwrap_or_default().iter().filter_map(role).collect(),
            guide_was_assessor: flag("guideWasAssessor"),
            guide_took_part_in_decision: flag("guideTookPartInDecision"),
        })
    }

    /// Each competence keeps its place, so that later faults point at it; an unreadable code is
    /// empty.
    fn competences(&self) -> Vec<CompetenceResult> {
        let Some(node) = self.fields.get("competences") else { return Vec::new() };
        let nodes = node.array(64, self.faults).unwrap_or_default();
        let results: Vec<CompetenceResult> =
            nodes.iter().map(|node| self.competence(node)).collect();
        let codes = nodes
            .iter()
            .zip(&results)
            .filter(|(_, result)| !result.code.is_empty())
            .map(|(node, result)| (format!("{}/code", node.pointer), result.code.clone()));
        no_duplicates(codes, self.faults);
        results
    }

    fn competence(&self, node: &Node<'_>) -> CompetenceResult {
        let mut result = CompetenceResult {
            code: String::new(),
            proficiency: None,
            basis: Vec::new(),
            experience: Vec::new(),
        };
        let known = ["code", "result", "proficiency", "basis", "experience"];
        let Some(fields) = node.object(&known, self.faults) else { return result };
        result.code = fields
            .need_a("code", Noun::Code, self.faults)
            .and_then(|node| text::code(&node, self.faults))
            .unwrap_or_default();
        let outcome = fields.need("result", AwardFault::ResultMissing, self.faults);
        if let Some(node) = outcome
            && node.string(self.faults).is_some_and(|outcome| outcome != "demonstrated")
        {
            self.faults.refuse(&node.pointer, AwardFault::OnlyDemonstrated);
        }
        result.proficiency =
            fields.get("proficiency").and_then(|node| node.string(self.faults)).map(str::to_owned);
        result.basis = self.basis(&fields);
        result.experience = fields
            .get("experience")
            .map(|node| self.vocabulary.codes("experience", &node, self.faults))
            .unwrap_or_default();
        result
    }

    fn basis(&self, fields: &Fields<'_>) -> Vec<Basis> {
        let Some(node) = fields.need("basis", AwardFault::BasisRequired, self.faults) else {
            return Vec::new();
        };
        if node.is_empty_array() {
            self.faults.refuse(&node.pointer, AwardFault::BasisRequired);
        }
        let nodes = node.array(32, self.faults).unwrap_or_default();
        let read = |node: &Node<'_>| {
            let fields = node.object(&["method", "text"], self.faults)?;
            let method = fields
                .need_a("method", Noun::Method, self.faults)
                .and_then(|node| self.vocabulary.code("assessment", &node, self.faults));
            let text = fields
                .need_a("text", Noun::BasisText, self.faults)
                .and_then(|node| node.text(Limit::Statement, self.faults));
            Some((node.pointer.clone(), Basis { method: method?, text: text? }))
        };
        let basis: Vec<(String, Basis)> = nodes.iter().filter_map(read).collect();
        no_duplicates(basis.iter().cloned(), self.faults);
        basis.into_iter().map(|(_, basis)| basis).collect()
    }

    fn evidence(&self) -> Vec<Evidence> {
        let Some(node) = self.fields.get("evidence") else { return Vec::new() };
        let nodes = node.array(32, self.faults).unwrap_or_default();
        let known = ["genre", "name", "narrative", "digestMultibase"];
        let read = |node: &Node<'_>| {
            let fields = node.object(&known, self.faults)?;
            let genre = fields
                .need_a("genre", Noun::Genre, self.faults)
                .and_then(|node| self.vocabulary.code("assessment", &node, self.faults));
            let name = fields
                .need_a("name", Noun::Name, self.faults)
                .and_then(|node| node.text(Limit::Name, self.faults));
            let narrative =
                fields.get("narrative").and_then(|n| n.text(Limit::Narrative, self.faults));
            let digest = fields.get("digestMultibase").and_then(|node| self.digest(&node));
            let evidence = Evidence { genre: genre?, name: name?, narrative, digest };
            Some((node.pointer.clone(), evidence))
        };
        let evidence: Vec<(String, Evidence)> = nodes.iter().filter_map(read).collect();
        no_duplicates(evidence.iter().cloned(), self.faults);
        evidence.into_iter().map(|(_, evidence)| evidence).collect()
    }

    fn digest(&self, node: &Node<'_>) -> Option<String> {
        let digest = node.string(self.faults)?;
        let fits = (3..=128).contains(&digest.len())
            && digest.starts_with(['z', 'u'])
            && digest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if fits {
            return Some(digest.to_owned());
        }
        self.faults.refuse(&node.pointer, ShapeFault::NotADigest);
        None
    }

    fn parts(&self) -> Vec<AwardedPart> {
        let Some(node) = self.fields.get("parts") else { return Vec::new() };
        let nodes = node.array(32, self.faults).unwrap_or_default();
        let read = |node: &Node<'_>| {
            let mut part = AwardedPart { code: String::new(), award: String::new() };
            let Some(fields) = node.object(&["code", "award"], self.faults) else { return part };
            part.code = fields
                .need_a("code", Noun::Code, self.faults)
                .and_then(|node| text::code(&node, self.faults))
                .unwrap_or_default();
            part.award = fields
                .need_a("award", Noun::PartCertificate, self.faults)
                .and_then(|node| text::credential_reference(&node, self.faults))
                .unwrap_or_default();
            part
        };
        let parts: Vec<AwardedPart> = nodes.iter().map(read).collect();
        for member in ["code", "award"] {
            let names = nodes.iter().zip(&parts).map(|(node, part)| {
                let name = if member == "code" { &part.code } else { &part.award };
                (format!("{}/{member}", node.pointer), name.clone())
            });
            no_duplicates(names.filter(|(_, name)| !name.is_empty()), self.faults);
        }
        parts
    }

    fn end_date(&self) {
        let ends = self.fields.get_nullable("validUntil").is_some();
        if ends && !self.fields.has("validUntilReason") {
            self.faults.refuse(self.fields.at("validUntilReason"), AwardFault::EndReasonRequired);
        }
        if !ends && self.fields.has("validUntilReason") {
            super::reader::unknown_field(&self.fields.at("validUntilReason"), self.faults);
        }
    }
}

/// Stands for a definition that could not be read.
fn stand_in() -> DefinitionRef {
    "none/none/0".parse().expect("this is issuer/slug/version")
}
