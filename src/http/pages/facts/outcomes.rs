//! What the person can do: outcomes, competences and parts, with level, credits and hours.

use super::super::sheet::{Fact, Item, ItemList, Value};
use super::Reader;
use crate::model::{CertificateKind, Date};
use crate::profile::{ConceptView, Hundredths, OutcomeView, PartView};
use crate::texts::{CatalogueText, CertificateText, Label, Language};
use crate::verification::Outcome;

impl Reader<'_> {
    pub(super) fn lists(&self) -> Vec<ItemList> {
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
            list("parts", Label::PartsOf, self.parts()),
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
    pub(super) fn skills(&self, skills: &[ConceptView]) -> Option<Fact> {
        let lang = (self.wording.language != Language::En).then(|| "en".to_owned());
        let value =
            |c: &ConceptView| Value::plain(&c.name).linked(Some(&c.url)).in_language(lang.clone());
        self.fact(Label::RelatedSkills, skills.iter().map(value).collect())
    }

    fn parts(&self) -> Vec<Item> {
        let checked = self.wording.dossier.map_or(&[][..], |dossier| &dossier.parts);
        let parts = self.view.parts.iter().enumerate();
        parts.map(|(at, part)| self.part(part, checked.get(at).copied())).collect()
    }

    /// A part, with what the register knows of it now (story X4).
    fn part(&self, part: &PartView, checked: Option<Outcome>) -> Item {
        let levels = part.vks.iter().chain(&part.eqf).map(|c| self.concept(c)).collect();
        let credential = part.credential.as_ref().map(|credential| {
            let number = credential.code.as_deref().unwrap_or("");
            let day: Option<Date> = credential.description.as_deref().and_then(|d| d.parse().ok());
            Value::plain(self.say(Label::PartCertificate { number }))
                .linked(Some(&credential.url))
                .noted(day.map(|day| self.day(day)))
        });
        let credits = part.credits.map(|n| self.credits(n));
        let checked = checked.map(|outcome| {
            let (sign, text) = match outcome {
                Outcome::Pass => ("✓", CertificateText::PartValid),
                Outcome::Fail => ("✕", CertificateText::PartNotValid),
                Outcome::Indeterminate | Outcome::NotApplicable | Outcome::NotRun => {
                    ("?", CertificateText::PartUnknown)
                }
            };
            Value::plain(format!("{sign} {}", text.to(self.wording.language)))
        });
        Item {
            code: code(&part.concept),
            text: self.own_words(&part.concept),
            facts: [
                self.optional(Label::Credits, credits),
                self.fact(Label::Level, levels),
                self.optional(Label::CertificateNumber, credential),
                self.named(CertificateText::PartCheck, checked.into_iter().collect()),
            ]
            .into_iter()
            .flatten()
            .collect(),
        }
    }

    pub(super) fn credits(&self, number: Hundredths) -> Value {
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

    pub(super) fn level_help(&self) -> Option<Value> {
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

    pub(super) fn level(&self) -> Vec<Option<Fact>> {
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
}

/// The code, when it may be an anchor.
pub(super) fn code(concept: &ConceptView) -> String {
    let code = concept.code.as_deref().unwrap_or("");
    let sound = !code.is_empty()
        && code.len() <= 16
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if sound { code.to_owned() } else { String::new() }
}
