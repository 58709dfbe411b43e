//! What stands on the paper, in reading order, in its one or two languages. Chooses words, infers
//! nothing: what the document does not say is not there. Signed texts stay in their own language and
//! are marked so; translations are marked as such.

use super::Paper;
use super::setting::{NOT_SHOWN, Phrase, Tag, all_shown};
use crate::model::{CertificateKind, Date, Timestamp};
use crate::profile::{
    AssessorView, ConceptView, Hundredths, Language as Written, OrganisationView, OutcomeView,
    PartView,
};
use crate::texts::{Label, Language, PageText, RenderText, Sentence, date, decimal};
use std::borrow::Cow;

/// What stands on the paper.
#[derive(Debug, Default)]
pub struct Content {
    /// That it is no real certificate.
    pub test: Option<Phrase>,
    pub kind: Phrase,
    pub title: Phrase,
    /// The title in the languages of the paper.
    pub title_notes: Vec<Phrase>,
    /// Who awarded and sealed: label and names.
    pub who: Vec<(Phrase, Phrase)>,
    pub holder_label: Phrase,
    pub holder: Phrase,
    /// Whether `holder` is a name, and not a sentence in its place.
    pub named: bool,
    pub lists: Vec<List>,
    pub facts: Vec<(Phrase, Phrase)>,
    /// What a verification said on that day.
    pub status: Vec<Phrase>,
    pub check: Phrase,
    pub address: Phrase,
    pub notes: Vec<Phrase>,
    /// Behind a list that was cut: how many more there are.
    pub more: Vec<Language>,
    /// That something was cut.
    pub shortened: Phrase,
    /// Headings and title without languages, for the names of things in the file.
    pub name: String,
}

/// Outcomes, competences or parts.
#[derive(Debug)]
pub struct List {
    pub heading: Phrase,
    pub items: Vec<Item>,
}

/// One of a list, with what goes with it.
#[derive(Debug)]
pub struct Item {
    pub text: Phrase,
    pub detail: Phrase,
}

pub fn content(paper: &Paper<'_>) -> Content {
    Writer { paper, languages: paper.languages(), signed: signed_tag(paper) }.content()
}

/// The language of the signed texts, when it is not the paper's.
pub fn signed_tag(paper: &Paper<'_>) -> Tag {
    let tag = paper.view.language.as_deref()?;
    let sound = !tag.is_empty()
        && tag.len() <= 35
        && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let same = tag.parse::<Language>() == Ok(paper.language);
    (sound && !same).then(|| tag.into())
}

/// The sentence that says how many more there are, in each language.
pub fn more(languages: &[Language], count: usize) -> Vec<Phrase> {
    let count = &count.to_string();
    let main = languages.first().copied();
    let phrase = |language: &Language| {
        let tag = (Some(*language) != main).then(|| language.tag().into());
        Phrase::of(&RenderText::More { count }.to(*language), tag)
    };
    languages.iter().map(phrase).collect()
}

struct Writer<'a> {
    paper: &'a Paper<'a>,
    languages: Vec<Language>,
    signed: Tag,
}

impl Writer<'_> {
    fn tag(&self, language: Language) -> Tag {
        (language != self.paper.language).then(|| language.tag().into())
    }

    /// The same in each language, behind a stroke; once, where the words are the same.
    fn both<'t>(&self, text: impl Fn(Language) -> Cow<'t, str>) -> Phrase {
        let mut seen: Vec<String> = Vec::new();
        let mut phrase = Phrase::default();
        for language in &self.languages {
            let words = text(*language).into_owned();
            if !seen.contains(&words) {
                phrase = phrase.then(" / ", Phrase::of(&words, self.tag(*language)));
                seen.push(words);
            }
        }
        phrase
    }

    /// The same in each language, each by itself.
    fn each<'t>(&self, text: impl Fn(Language) -> Cow<'t, str>) -> Vec<Phrase> {
        self.languages.iter().map(|l| Phrase::of(&text(*l), self.tag(*l))).collect()
    }

    fn label(&self, label: Label<'_>) -> Phrase {
        self.both(|language| label.to(language))
    }

    /// A text as it is signed.
    fn signed(&self, text: &str) -> Phrase {
        Phrase::of(text, self.signed.clone())
    }

    /// The issuer's translations of a signed text into the languages of the paper.
    fn translations(&self, signed: &str) -> Vec<Phrase> {
        let all = self.paper.translations.iter();
        let ours = all.filter(|(language, _)| self.languages.contains(language));
        ours.filter_map(|(language, texts)| {
            let text = texts.get(signed)?;
            let marked = PageText::TranslationFor { text }.to(*language);
            Some(Phrase::of(&marked, self.tag(*language)))
        })
        .collect()
    }

    fn concept(&self, concept: &ConceptView) -> Phrase {
        let known = |language| concept.label(self.paper.vocabulary, written(language));
        if self.languages.iter().all(|language| known(*language).is_some()) {
            self.both(|language| Cow::Borrowed(known(language).unwrap_or_default()))
        } else {
            self.signed(&concept.name)
        }
    }

    fn concepts<'c>(&self, concepts: impl IntoIterator<Item = &'c ConceptView>) -> Phrase {
        Phrase::join(concepts.into_iter().map(|c| self.concept(c)), "; ")
    }

    fn content(&self) -> Content {
        let view = self.paper.view;
        let title = view.title.as_deref().unwrap_or("–");
        let kind = match (&view.kind_concept, &view.achievement_type) {
            (Some(concept), _) => self.concept(concept),
            (None, Some(written)) => Phrase::of(written, None),
            (None, None) => Phrase::of("Open Badge", None),
        };
        let (named, holder) = self.holder();
        let on = self.paper.status.on;
        let mut sentences = vec![self.paper.status.sentence];
        sentences.extend(self.paper.status.second.filter(|_| self.languages.len() > 1));
        let status = self.languages.iter().zip(sentences).map(|(language, sentence)| {
            let date = &date(on, *language);
            Phrase::of(&RenderText::AsOf { date, sentence }.to(*language), self.tag(*language))
        });
        let mut content = Content {
            test: view.test.then(|| self.both(|language| Sentence::Test.to(language))),
            name: format!("{}: {title}", kind.plain()),
            kind,
            title: self.signed(title),
            title_notes: self.translations(title),
            who: self.who(),
            holder_label: self.label(Label::Holder),
            holder,
            named,
            lists: self.lists(),
            facts: self.facts(),
            status: status.collect(),
            check: self.both(|language| RenderText::CheckNow.to(language)),
            address: Phrase::of(self.paper.address, None),
            notes: self.notes(),
            more: self.languages.clone(),
            shortened: self.both(|language| RenderText::Shortened.to(language)),
        };
        if content.has_gaps() {
            content.notes.extend(self.each(|language| RenderText::OtherScript.to(language)));
        }
        content
    }

    fn holder(&self) -> (bool, Phrase) {
        match &self.paper.view.holder.name {
            Some(name) if all_shown(name) => (true, Phrase::of(name, None)),
            Some(_) => (false, self.both(|language| RenderText::NameInOtherScript.to(language))),
            None => (false, self.label(Label::HolderNotNamed)),
        }
    }

    fn who(&self) -> Vec<(Phrase, Phrase)> {
        let view = self.paper.view;
        let named = |all: &[OrganisationView]| {
            Phrase::join(all.iter().map(|body| Phrase::of(&body.name, None)), ", ")
        };
        let issuer: Vec<OrganisationView> = view.issuer.iter().cloned().collect();
        let bodies = if view.awarding_bodies.is_empty() { &issuer } else { &view.awarding_bodies };
        let label = if bodies.len() > 1 { Label::AwardedByJointly } else { Label::AwardedBy };
        let sealer = issuer
            .iter()
            .filter(|issuer| {
                !view.awarding_bodies.is_empty()
                    && !view.awarding_bodies.iter().any(|b| b.url.is_some() && b.url == issuer.url)
            })
            .cloned()
            .collect::<Vec<_>>();
        let mut who = vec![(self.label(label), named(bodies))];
        if !sealer.is_empty() {
            who.push((self.label(Label::SealedBy), named(&sealer)));
        }
        who.retain(|(_, names)| !names.is_empty());
        who
    }

    fn lists(&self) -> Vec<List> {
        let view = self.paper.view;
        let outcomes = if view.kind == Some(CertificateKind::Participation) {
            Label::WhatItWasAbout
        } else {
            Label::Outcomes
        };
        let list = |label, items: Vec<Item>| List { heading: self.label(label), items };
        let mut lists = vec![
            list(Label::Competences, view.competences.iter().map(|c| self.outcome(c)).collect()),
            list(outcomes, view.outcomes.iter().map(|o| self.outcome(o)).collect()),
            list(Label::PartsOf, view.parts.iter().map(|p| self.part(p)).collect()),
        ];
        lists.retain(|list| !list.items.is_empty());
        lists
    }

    fn outcome(&self, outcome: &OutcomeView) -> Item {
        let mut details = self.translations(&outcome.concept.name);
        if let Some(result) = &outcome.result {
            match (&result.level_name, result.status.as_deref()) {
                (Some(level), _) => details.push(self.signed(level)),
                (None, Some("Completed")) => details.push(self.label(Label::Demonstrated)),
                (None, Some(other)) => details.push(Phrase::of(other, None)),
                (None, None) => {}
            }
            if !result.basis.is_empty() {
                let basis = result.basis.iter().map(|basis| self.signed(&basis.name));
                details.push(self.label(Label::Basis).then(": ", Phrase::join(basis, ", ")));
            }
        }
        Item { text: self.signed(&outcome.concept.name), detail: Phrase::join(details, " · ") }
    }

    fn part(&self, part: &PartView) -> Item {
        let mut details: Vec<Phrase> = part.credits.map(|n| self.credits(n)).into_iter().collect();
        details.extend(part.vks.iter().chain(&part.eqf).map(|c| self.concept(c)));
        if let Some(number) = part.credential.as_ref().and_then(|c| c.code.as_deref()) {
            details.push(self.label(Label::PartCertificate { number }));
        }
        Item { text: self.signed(&part.concept.name), detail: Phrase::join(details, " · ") }
    }

    fn credits(&self, number: Hundredths) -> Phrase {
        let system = self.paper.view.credit_system.as_ref();
        let ects = system.is_some_and(|system| system.code.as_deref() == Some("ECTS"));
        self.both(|language| {
            let number = &decimal(&number.to_string(), language);
            if ects {
                Label::CreditsEcts { number }.to(language)
            } else {
                Label::CreditsUnitNotStated { number }.to(language)
            }
        })
    }

    fn day(&self, day: Date) -> Phrase {
        self.both(|language| date(day, language).into())
    }

    fn facts(&self) -> Vec<(Phrase, Phrase)> {
        let view = self.paper.view;
        let mut facts = self.size();
        let judged = [
            (Label::Assessment, self.concepts(&view.assessment)),
            (Label::Supervision, self.concepts(&view.supervision)),
            (Label::IdentityCheckedBy, self.concepts(&view.holder_identification)),
            (Label::Assessors, Phrase::join(view.assessors.iter().map(|a| self.role(a)), "; ")),
            (
                Label::AssessedBy,
                Phrase::of(view.assessed_by.as_ref().map_or("", |by| &by.name), None),
            ),
            (Label::Framework, self.framework()),
            (Label::Qualification, self.own_words(view.qualification.as_ref())),
            (Label::Procedure, self.own_words(view.procedure.as_ref())),
            (Label::LegalBasis, self.own_words(view.legal_basis.as_ref())),
            (Label::QualityAssurance, self.concepts(&view.quality_assurance)),
            (
                Label::TrainingProvider,
                Phrase::join(
                    view.training_providers.iter().map(|p| Phrase::of(&p.name, None)),
                    ", ",
                ),
            ),
            (Label::Participation, self.concepts(&view.participation)),
            (Label::LanguageOfInstruction, self.concepts(&view.languages_of_instruction)),
        ];
        facts.extend(judged.into_iter().map(|(label, value)| (self.label(label), value)));
        facts.extend(self.dates());
        facts.retain(|(_, value)| !value.is_empty());
        facts
    }

    fn size(&self) -> Vec<(Phrase, Phrase)> {
        let view = self.paper.view;
        let level = match &view.level.not_applicable {
            Some(none) => self.signed(none.description.as_deref().unwrap_or(&none.name)),
            None => self.concepts(view.level.vks.iter().chain(&view.level.eqf)),
        };
        let level = Phrase::join([level, self.level_help()], ". ");
        let level_label = if view.level.not_applicable.is_some() {
            Label::LevelNotApplicable
        } else {
            Label::Level
        };
        let credits = view.credits_earned.or(view.credits_available);
        let workload = view.workload.as_ref().map(|workload| match workload.hours {
            Some(hours) => self.both(|language| {
                Label::Hours { number: &decimal(&hours.to_string(), language) }.to(language)
            }),
            None => self.signed(&workload.text),
        });
        let grade = view.grade.as_ref().map(|grade| match &grade.max {
            Some(max) => self.label(Label::GradeOf { value: &grade.value, max }),
            None => Phrase::of(&grade.value, None),
        });
        vec![
            (self.label(level_label), level),
            (self.label(Label::Credits), credits.map(|n| self.credits(n)).unwrap_or_default()),
            (self.label(Label::Workload), workload.unwrap_or_default()),
            (self.label(Label::Result), grade.unwrap_or_default()),
        ]
    }

    fn level_help(&self) -> Phrase {
        let level = self.paper.view.level.vks.as_ref().or(self.paper.view.level.eqf.as_ref());
        let code = level.and_then(|level| level.code.as_deref()?.parse::<u8>().ok());
        self.label(match code {
            Some(1 | 2) => Label::LevelIntroductory,
            Some(3 | 4) => Label::LevelSecondary,
            Some(5) => Label::LevelShortCycle,
            Some(6) => Label::LevelBachelor,
            Some(7) => Label::LevelMaster,
            Some(8) => Label::LevelDoctorate,
            _ => return Phrase::default(),
        })
    }

    fn role(&self, assessors: &AssessorView) -> Phrase {
        Phrase::of(&format!("{} ×", assessors.count), None).then(" ", self.concept(&assessors.role))
    }

    fn framework(&self) -> Phrase {
        let Some(framework) = &self.paper.view.framework else { return Phrase::default() };
        let name = &framework.name;
        match framework.code.as_deref() {
            Some(version) => {
                let text = Label::FrameworkVersion { name, version }.to(self.paper.language);
                self.signed(&text)
            }
            None => self.signed(name),
        }
    }

    fn own_words(&self, concept: Option<&ConceptView>) -> Phrase {
        concept.map(|concept| self.signed(&concept.name)).unwrap_or_default()
    }

    fn dates(&self) -> Vec<(Phrase, Phrase)> {
        let view = self.paper.view;
        let day = |day: Option<Date>| day.map(|day| self.day(day)).unwrap_or_default();
        let period = match (view.activity_start, view.activity_end) {
            (Some(start), Some(end)) if start != end => self.both(|language| {
                let (start, end) = (&date(start, language), &date(end, language));
                Label::From { start, end }.to(language)
            }),
            (one, other) => day(one.or(other)),
        };
        let issued = view.issued.map(Timestamp::date);
        let end = match view.valid_until {
            Some(end) => self.day(end.date()),
            None => self.label(Label::NoEndDate),
        };
        let definition = view.definition.version.as_deref().map(|version| {
            let code = view.definition.code.as_deref().unwrap_or("");
            let version = self.label(Label::DefinitionVersion { version });
            Phrase::join([Phrase::of(code, None), version], ", ")
        });
        let replaces = view.replaces.as_ref().and_then(|old| old.code.as_deref());
        let replaces = replaces.map(|number| self.label(Label::Replaces { number }));
        vec![
            (self.label(Label::DecisionDate), day(view.decided)),
            (self.label(Label::IssuedOn), day(issued)),
            (self.label(Label::ActivityPeriod), period),
            (self.label(Label::EndDate), end),
            (
                self.label(Label::CertificateNumber),
                Phrase::of(view.certificate_number.as_deref().unwrap_or(""), None),
            ),
            (self.label(Label::Definition), definition.unwrap_or_default()),
            (self.label(Label::Other), replaces.unwrap_or_default()),
        ]
    }

    fn notes(&self) -> Vec<Phrase> {
        let view = self.paper.view;
        let mut notes = Vec::new();
        if view.kind == Some(CertificateKind::Participation) {
            notes.extend(self.each(|language| Label::NotAssessed.to(language)));
        }
        // The issuer says it itself in the language of the document.
        let said = view.recognition_note.as_deref().and(view.language.as_deref());
        let unsaid = |language: &&Language| said != Some(language.tag());
        for language in self.languages.iter().filter(unsaid) {
            let sentence = RenderText::NoExemption.to(*language);
            notes.push(Phrase::of(&sentence, self.tag(*language)));
        }
        notes.extend(view.recognition_note.as_deref().map(|note| self.signed(note)));
        if !view.inconsistencies.is_empty() {
            notes.extend(self.each(|language| Label::Inconsistent.to(language)));
        }
        notes.extend(self.each(|language| RenderText::Attached.to(language)));
        notes
    }
}

impl Content {
    /// Whether some text has characters that are not shown.
    fn has_gaps(&self) -> bool {
        let gap = |phrase: &Phrase| phrase.parts.iter().any(|(text, _)| text.contains(NOT_SHOWN));
        let items = self.lists.iter().flat_map(|list| &list.items);
        gap(&self.title)
            || self.who.iter().chain(&self.facts).any(|(_, value)| gap(value))
            || items.into_iter().any(|item| gap(&item.text) || gap(&item.detail))
            || self.notes.iter().any(gap)
    }
}

fn written(language: Language) -> Written {
    match language {
        Language::Nl => Written::Nl,
        Language::Fr => Written::Fr,
        Language::En => Written::En,
    }
}
