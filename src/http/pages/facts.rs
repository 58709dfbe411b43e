//! From the typed view of a signed document to what a page shows (guide, section 15.1). Chooses
//! words and order, infers nothing: what the document does not say is not shown.

use super::sheet::{Fact, Group, Item, ItemList, Sheet, Value};
use super::translations;
use crate::http::wording::Names;
use crate::model::{CertificateKind, Date, DefinitionRef, Timestamp};
use crate::profile::{
    AssessorView, CertificateView, ConceptView, Definition, Hundredths, Language as Written,
    OrganisationView, OutcomeView, PartView, Vocabulary,
};
use crate::texts::{CatalogueText, Label, Language, PageText, Sentence, date, decimal, place};
use std::collections::BTreeMap;

/// From so many years on, the age is mentioned.
const AGE_NOTE_YEARS: i16 = 5;

/// What facts are shown with.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub vocabulary: &'a Vocabulary,
    pub language: Language,
    /// The definition version in the own register, for translations. The signed text comes first.
    pub definition: Option<&'a Definition>,
}

/// The definition version that a document was issued under, when it is one of this address.
pub(in crate::http) fn definition_name(
    view: &CertificateView,
    public_url: &str,
) -> Option<DefinitionRef> {
    let path =
        view.definition.url.as_deref()?.strip_prefix(public_url)?.strip_prefix("/issuers/")?;
    path.replacen("/achievements/", "/", 1).parse().ok()
}

/// The name of the issuer, for previews.
pub(super) fn issuer_name(view: &CertificateView) -> String {
    view.issuer.as_ref().map(|issuer| issuer.name.clone()).unwrap_or_default()
}

/// What the lines of checks mention.
pub(super) fn names(view: &CertificateView) -> Names<'_> {
    Names {
        mandator: view.awarding_bodies.first().map(|body| body.name.as_str()),
        evc: view.kind.is_some_and(CertificateKind::is_evc),
    }
}

/// Everything a document says, for the page.
pub(super) fn sheet(view: &CertificateView, wording: Wording<'_>, now: Timestamp) -> Sheet {
    let foreign = foreign(view, wording.language);
    let translations = match &foreign {
        Some(_) => translations::of(wording.definition, wording.language),
        None => BTreeMap::new(),
    };
    Reader { view, wording, foreign, translations }.sheet(now)
}

/// The language of the document, when it is not the page's.
fn foreign(view: &CertificateView, language: Language) -> Option<String> {
    let tag = view.language.as_deref()?;
    let sound = !tag.is_empty()
        && tag.len() <= 35
        && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let same = tag.parse::<Language>() == Ok(language);
    (sound && !same).then(|| tag.to_owned())
}

struct Reader<'a> {
    view: &'a CertificateView,
    wording: Wording<'a>,
    foreign: Option<String>,
    /// By signed text.
    translations: BTreeMap<String, String>,
}

impl Reader<'_> {
    fn say(&self, label: Label<'_>) -> String {
        label.to(self.wording.language).into_owned()
    }

    fn day(&self, day: Date) -> String {
        date(day, self.wording.language)
    }

    fn number(&self, number: Hundredths) -> String {
        decimal(&number.to_string(), self.wording.language)
    }

    /// A text of the document, in the document's language, with its translation.
    fn text(&self, text: &str) -> Value {
        Value::plain(text).in_language(self.foreign.clone()).noted(self.marked(text))
    }

    fn written(&self) -> Written {
        match self.wording.language {
            Language::Nl => Written::Nl,
            Language::Fr => Written::Fr,
            Language::En => Written::En,
        }
    }

    /// The issuer's translation of a signed text into the page's language, if there is one.
    fn translation(&self, signed: &str) -> Option<&str> {
        self.translations.get(signed).map(String::as_str)
    }

    /// The same, marked as a translation.
    fn marked(&self, signed: &str) -> Option<String> {
        let text = self.translation(signed)?;
        Some(PageText::TranslationFor { text }.to(self.wording.language).into_owned())
    }

    /// A concept by its label in the page's language, else as the issuer wrote it.
    fn concept(&self, concept: &ConceptView) -> Value {
        match concept.label(self.wording.vocabulary, self.written()) {
            Some(label) => Value::plain(label),
            None => {
                let note = PageText::IssuersLabel.to(self.wording.language).into_owned();
                self.text(&concept.name).noted(Some(note))
            }
        }
    }

    /// A fact that the issuer words itself, with its address.
    fn own_words(&self, concept: &ConceptView) -> Value {
        self.text(&concept.name).linked(Some(&concept.url))
    }

    fn fact(&self, label: Label<'_>, values: Vec<Value>) -> Option<Fact> {
        (!values.is_empty()).then(|| Fact { label: self.say(label), values, help: None })
    }

    fn concepts(&self, label: Label<'_>, concepts: &[ConceptView]) -> Option<Fact> {
        self.fact(label, concepts.iter().map(|c| self.concept(c)).collect())
    }

    fn optional(&self, label: Label<'_>, value: Option<Value>) -> Option<Fact> {
        self.fact(label, value.into_iter().collect())
    }

    fn sheet(&self, now: Timestamp) -> Sheet {
        let view = self.view;
        let only = match view.language.as_deref().and_then(|tag| tag.parse::<Language>().ok()) {
            Some(Language::Nl) => PageText::OnlyInDutch,
            Some(Language::Fr) => PageText::OnlyInFrench,
            Some(Language::En) | None => PageText::OnlyInEnglish,
        };
        let title = view.title.as_deref().unwrap_or("–");
        let title_note = self.marked(title).or_else(|| {
            self.foreign.is_some().then(|| only.to(self.wording.language).into_owned())
        });
        Sheet {
            language: self.wording.language.tag(),
            family: family(view.kind),
            kind: self.kind(),
            title: self.text(title).noted(title_note),
            who: self.who(),
            description: view.description.as_deref().map(|text| self.text(text)),
            lists: self.lists(),
            groups: self.groups(),
            age_note: self.age_note(now),
            inconsistent: !view.inconsistencies.is_empty(),
            inconsistent_text: self.say(Label::Inconsistent),
        }
    }

    fn kind(&self) -> String {
        match (&self.view.kind_concept, &self.view.achievement_type) {
            (Some(concept), _) => self.concept(concept).text,
            (None, Some(written)) => written.clone(),
            (None, None) => "Open Badge".to_owned(),
        }
    }

    fn who(&self) -> Vec<Fact> {
        let view = self.view;
        let bodies: Vec<Value> = if view.awarding_bodies.is_empty() {
            view.issuer.iter().map(|issuer| self.organisation(issuer)).collect()
        } else {
            view.awarding_bodies.iter().map(|body| self.organisation(body)).collect()
        };
        let label = if bodies.len() > 1 { Label::AwardedByJointly } else { Label::AwardedBy };
        let issuer = view.issuer.as_ref();
        let sealer = issuer.filter(|issuer| {
            !view.awarding_bodies.is_empty()
                && !view.awarding_bodies.iter().any(|b| b.url.is_some() && b.url == issuer.url)
        });
        let sealed = sealer.map(|sealer| {
            let behalf = view.awarding_bodies.first().filter(|_| view.mandate.is_some());
            let note = behalf.map(|body| self.say(Label::OnBehalfOf { name: &body.name }));
            Value::plain(&sealer.name).linked(sealer.url.as_deref()).noted(note)
        });
        // A definition has no holder.
        let holder = view.id.is_some().then(|| Fact {
            label: self.say(Label::Holder),
            values: vec![Value::plain(match &view.holder.name {
                Some(name) => name.clone(),
                None => self.say(Label::HolderNotNamed),
            })],
            help: Some(self.say(Label::AskForIdentity)),
        });
        [self.fact(label, bodies), self.optional(Label::SealedBy, sealed), holder]
            .into_iter()
            .flatten()
            .collect()
    }

    fn organisation(&self, organisation: &OrganisationView) -> Value {
        let code = organisation.region.as_deref().or(organisation.country.as_deref());
        let place = code.map(|code| place(code, self.wording.language).into_owned());
        Value::plain(&organisation.name).linked(organisation.url.as_deref()).noted(place)
    }

    fn lists(&self) -> Vec<ItemList> {
        let view = self.view;
        let list = |id, label, items: Vec<Item>| {
            (!items.is_empty()).then(|| ItemList { id, heading: self.say(label), items })
        };
        let outcomes = if view.kind == Some(CertificateKind::Participation) {
            Label::WhatItWasAbout
        } else {
            Label::Outcomes
        };
        [
            list(
                "competences",
                Label::Competences,
                view.competences.iter().map(|c| self.outcome(c)).collect(),
            ),
            list("outcomes", outcomes, view.outcomes.iter().map(|o| self.outcome(o)).collect()),
            list("parts", Label::PartsOf, view.parts.iter().map(|p| self.part(p)).collect()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn outcome(&self, outcome: &OutcomeView) -> Item {
        let mut facts = Vec::new();
        if let Some(result) = &outcome.result {
            let reached = match (&result.level_name, result.status.as_deref()) {
                (Some(level), _) => {
                    let scale = result.scale.join(" · ");
                    let note =
                        (!scale.is_empty()).then(|| self.say(Label::OnScale { scale: &scale }));
                    Some(self.text(level).noted(note))
                }
                (None, Some("Completed")) => Some(Value::plain(self.say(Label::Demonstrated))),
                (None, Some(other)) => Some(Value::plain(other)),
                (None, None) => None,
            };
            facts.extend(self.optional(Label::Result, reached));
            let basis = result.basis.iter().map(|b| self.text(&b.name)).collect();
            facts.extend(self.fact(Label::Basis, basis));
            facts.extend(self.concepts(Label::Experience, &result.experience));
        }
        facts.extend(self.skills(&outcome.skills));
        if let Some(text) = self.translation(&outcome.concept.name) {
            let label = CatalogueText::Translation.to(self.wording.language).into_owned();
            facts.insert(0, Fact { label, values: vec![Value::plain(text)], help: None });
        }
        let cluster = outcome.concept.description.clone();
        Item {
            code: code(&outcome.concept),
            text: self
                .text(&outcome.concept.name)
                .remarked(cluster.filter(|_| outcome.result.is_some()), self.foreign.clone()),
            facts,
        }
    }

    /// ESCO labels are English in the release that is used (guide, section 17).
    fn skills(&self, skills: &[ConceptView]) -> Option<Fact> {
        let lang = (self.wording.language != Language::En).then(|| "en".to_owned());
        let value =
            |c: &ConceptView| Value::plain(&c.name).linked(Some(&c.url)).in_language(lang.clone());
        self.fact(Label::RelatedSkills, skills.iter().map(value).collect())
    }

    fn part(&self, part: &PartView) -> Item {
        let levels = part.vks.iter().chain(&part.eqf).map(|c| self.concept(c)).collect();
        let credential = part.credential.as_ref().map(|credential| {
            let number = credential.code.as_deref().unwrap_or("");
            let day: Option<Date> = credential.description.as_deref().and_then(|d| d.parse().ok());
            Value::plain(self.say(Label::PartCertificate { number }))
                .linked(Some(&credential.url))
                .noted(day.map(|day| self.day(day)))
        });
        let credits = part.credits.map(|n| self.credits(n));
        Item {
            code: code(&part.concept),
            text: self.own_words(&part.concept),
            facts: [
                self.optional(Label::Credits, credits),
                self.fact(Label::Level, levels),
                self.optional(Label::CertificateNumber, credential),
            ]
            .into_iter()
            .flatten()
            .collect(),
        }
    }

    fn credits(&self, number: Hundredths) -> Value {
        let number = &self.number(number);
        let ects = self
            .view
            .credit_system
            .as_ref()
            .is_some_and(|system| system.code.as_deref() == Some("ECTS"));
        Value::plain(self.say(if ects {
            Label::CreditsEcts { number }
        } else {
            Label::CreditsUnitNotStated { number }
        }))
    }

    fn groups(&self) -> Vec<Group> {
        let group = |id, label, help: Option<Value>, facts: Vec<Option<Fact>>| {
            let facts: Vec<Fact> = facts.into_iter().flatten().collect();
            let heading = self.say(label);
            (!facts.is_empty() || help.is_some()).then_some(Group { id, heading, help, facts })
        };
        let not_assessed = (self.view.kind == Some(CertificateKind::Participation))
            .then(|| Value::plain(self.say(Label::NotAssessed)));
        let note = self.view.recognition_note.as_deref().map(|note| self.text(note));
        [
            group("level", Label::LevelAndSize, self.level_help(), self.level()),
            group("judged", Label::HowJudged, not_assessed, self.judged()),
            group("learnt", Label::HowLearnt, None, self.learnt()),
            group("dates", Label::DatesAndNumber, None, self.dates()),
            group("use", Label::Use, note, self.other()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn level_help(&self) -> Option<Value> {
        let level = self.view.level.vks.as_ref().or(self.view.level.eqf.as_ref())?;
        let label = match level.code.as_deref()?.parse::<u8>().ok()? {
            1 | 2 => Label::LevelIntroductory,
            3 | 4 => Label::LevelSecondary,
            5 => Label::LevelShortCycle,
            6 => Label::LevelBachelor,
            7 => Label::LevelMaster,
            8 => Label::LevelDoctorate,
            _ => return None,
        };
        Some(Value::plain(self.say(label)))
    }

    fn level(&self) -> Vec<Option<Fact>> {
        let view = self.view;
        let levels =
            view.level.vks.iter().chain(&view.level.eqf).map(|c| self.concept(c)).collect();
        let none = view.level.not_applicable.as_ref();
        let reason = |c: &ConceptView| self.text(c.description.as_deref().unwrap_or(&c.name));
        let credits = view.credits_earned.or(view.credits_available).map(|n| self.credits(n));
        let workload = view.workload.as_ref().map(|workload| match workload.hours {
            Some(hours) => Value::plain(self.say(Label::Hours { number: &self.number(hours) })),
            None => self.text(&workload.text),
        });
        let grade = view.grade.as_ref().map(|grade| {
            let value = &grade.value;
            let text = match &grade.max {
                Some(max) => self.say(Label::GradeOf { value, max }),
                None => value.clone(),
            };
            Value::plain(text)
                .noted(grade.pass.as_ref().map(|pass| self.say(Label::GradePass { pass })))
        });
        vec![
            self.fact(Label::Level, levels),
            self.optional(Label::LevelNotApplicable, none.map(reason)),
            self.optional(Label::Cycle, view.level.cycle.as_ref().map(|c| self.concept(c))),
            self.optional(Label::Credits, credits),
            self.optional(Label::Workload, workload),
            self.optional(Label::Result, grade),
        ]
    }

    fn judged(&self) -> Vec<Option<Fact>> {
        let view = self.view;
        let framework = view.framework.as_ref().map(|framework| {
            let text = match &framework.code {
                Some(version) => {
                    self.say(Label::FrameworkVersion { name: &framework.name, version })
                }
                None => framework.name.clone(),
            };
            self.text(&text).linked(Some(&framework.url))
        });
        let quality = view
            .quality_assurance
            .iter()
            .map(|q| {
                let words = q.description.clone();
                self.concept(q).remarked(words, self.foreign.clone())
            })
            .chain(view.quality_reports.iter().map(|report| self.own_words(report)))
            .collect();
        let handed_in = view
            .evidence
            .iter()
            .filter_map(|evidence| {
                let text: Vec<&str> = [&evidence.name, &evidence.narrative]
                    .into_iter()
                    .flatten()
                    .map(String::as_str)
                    .collect();
                (!text.is_empty()).then(|| self.text(&text.join(": ")))
            })
            .collect();
        let concept = |c: &Option<ConceptView>| c.as_ref().map(|c| self.concept(c));
        let own = |c: &Option<ConceptView>| c.as_ref().map(|c| self.own_words(c));
        vec![
            self.concepts(Label::Assessment, &view.assessment),
            self.optional(Label::Supervision, concept(&view.supervision)),
            self.optional(Label::IdentityCheckedBy, concept(&view.holder_identification)),
            self.fact(Label::Assessors, view.assessors.iter().map(|a| self.assessors(a)).collect()),
            self.optional(
                Label::AssessedBy,
                view.assessed_by.as_ref().map(|by| self.organisation(by)),
            ),
            self.optional(Label::GuideSeparation, concept(&view.guide_separation)),
            self.fact(Label::HandedIn, handed_in),
            self.optional(Label::Framework, framework),
            self.optional(Label::Qualification, own(&view.qualification)),
            self.optional(Label::Procedure, own(&view.procedure)),
            self.optional(Label::LegalBasis, own(&view.legal_basis)),
            self.fact(Label::QualityAssurance, quality),
        ]
    }

    fn assessors(&self, assessors: &AssessorView) -> Value {
        let mut value = self.concept(&assessors.role);
        value.text = format!("{} × {}", assessors.count, value.text);
        value
    }

    fn learnt(&self) -> Vec<Option<Fact>> {
        let view = self.view;
        let concept = |c: &Option<ConceptView>| c.as_ref().map(|c| self.concept(c));
        let rule = view.stack_rule.as_ref().map(|rule| {
            let number = rule.description.clone();
            self.concept(rule).noted(number)
        });
        vec![
            self.fact(
                Label::TrainingProvider,
                view.training_providers.iter().map(|p| self.organisation(p)).collect(),
            ),
            self.concepts(Label::Participation, &view.participation),
            self.concepts(Label::Schedule, &view.schedule),
            self.concepts(Label::LanguageOfInstruction, &view.languages_of_instruction),
            self.optional(Label::Setting, concept(&view.learning_setting)),
            self.optional(Label::Field, concept(&view.field_of_education)),
            self.optional(
                Label::Prerequisites,
                view.prerequisites.as_deref().map(|text| self.text(text)),
            ),
            self.optional(Label::Stacking, concept(&view.stackability)),
            self.fact(
                Label::StacksInto,
                view.stacks_into.iter().map(|into| self.own_words(into)).collect(),
            ),
            self.optional(Label::StackRule, rule),
            self.skills(&view.other_skills),
            self.fact(
                Label::RelatedOccupation,
                view.occupations
                    .iter()
                    .map(|c| Value::plain(&c.name).linked(Some(&c.url)))
                    .collect(),
            ),
        ]
    }

    fn dates(&self) -> Vec<Option<Fact>> {
        let view = self.view;
        let day = |day: Option<Date>| day.map(|day| Value::plain(self.day(day)));
        let period = match (view.activity_start, view.activity_end) {
            (Some(start), Some(end)) => {
                let (start, end) = (&self.day(start), &self.day(end));
                Some(Value::plain(self.say(Label::From { start, end })))
            }
            (one, other) => day(one.or(other)),
        };
        let issued = view.issued.map(Timestamp::date);
        let end = match view.valid_until {
            Some(end) => Some(Value::plain(self.day(end.date()))),
            None => issued.map(|_| Value::plain(self.say(Label::NoEndDate))),
        };
        let replaces = view.replaces.as_ref().map(|old| {
            let number = old.code.as_deref().unwrap_or("");
            Value::plain(self.say(Label::Replaces { number }))
        });
        let definition = view.definition.url.as_deref().map(|url| {
            let version = view.definition.version.as_deref().unwrap_or("");
            Value::plain(self.say(Label::DefinitionVersion { version })).linked(Some(url))
        });
        let number = view.certificate_number.as_deref().map(Value::plain);
        vec![
            self.optional(Label::DecisionDate, day(view.decided)),
            self.optional(Label::IssuedOn, day(issued)),
            self.optional(Label::EndDate, end),
            self.optional(Label::ActivityPeriod, period),
            self.optional(Label::AcademicYear, view.academic_year.as_deref().map(Value::plain)),
            self.optional(Label::CertificateNumber, number),
            self.optional(Label::Definition, definition),
            self.fact(Label::Other, replaces.into_iter().collect()),
        ]
    }

    fn other(&self) -> Vec<Option<Fact>> {
        let values = self
            .view
            .other
            .iter()
            .map(|fact| self.own_words(fact).noted(Some(fact.target_type.clone())));
        vec![self.fact(Label::Other, values.collect())]
    }

    /// A neutral sentence from five years on; never "expired" (story E9).
    fn age_note(&self, now: Timestamp) -> Option<String> {
        if self.view.valid_until.is_some() {
            return None;
        }
        let (year, month, day) = self.view.issued?.date().parts();
        let (this_year, this_month, today) = now.date().parts();
        let years = this_year - year - i16::from((this_month, today) < (month, day));
        (years >= AGE_NOTE_YEARS).then(|| {
            let years = &years.to_string();
            Sentence::AgeNote { years }.to(self.wording.language).into_owned()
        })
    }
}

fn family(kind: Option<CertificateKind>) -> &'static str {
    match kind {
        Some(kind) if kind.is_evc() => "evc",
        Some(CertificateKind::Participation) => "participation",
        Some(_) => "assessed",
        None => "other",
    }
}

/// The code, when it may be an anchor.
fn code(concept: &ConceptView) -> String {
    let code = concept.code.as_deref().unwrap_or("");
    let sound = !code.is_empty()
        && code.len() <= 16
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if sound { code.to_owned() } else { String::new() }
}
