//! How it was judged and how it was learnt.

use super::super::sheet::{Fact, Value};
use super::Reader;
use crate::profile::{AssessorView, ConceptView};
use crate::texts::Label;

impl Reader<'_> {
    pub(super) fn framework(&self) -> Option<Fact> {
        let framework = self.view.framework.as_ref().map(|framework| {
            let text = match &framework.code {
                Some(version) => {
                    self.say(Label::FrameworkVersion { name: &framework.name, version })
                }
                None => framework.name.clone(),
            };
            self.text(&text).linked(Some(&framework.url))
        });
        self.optional(Label::Framework, framework)
    }

    pub(super) fn judged(&self) -> Vec<Option<Fact>> {
        let view = self.view;
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
            self.fact(Label::Assessors, view.assessors.iter().map(|a| self.assessors(a)).collect()),
            self.optional(
                Label::AssessedBy,
                view.assessed_by.as_ref().map(|by| self.organisation(by)),
            ),
            self.optional(Label::GuideSeparation, concept(&view.guide_separation)),
            self.fact(Label::HandedIn, handed_in),
            self.framework(),
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

    pub(super) fn learnt(&self) -> Vec<Option<Fact>> {
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
}
