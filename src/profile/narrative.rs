//! The echo in `criteria.narrative` for displayers that ignore `ext:` (mapping, ground rule 7).
//! Generated, never read.

use super::achievement::{MappingError, Writer};
use super::definition::{Level, Outcome};
use super::wording::only_in;
use crate::model::CertificateKind;

impl Writer<'_> {
    /// The echo for displayers that ignore `ext:` (mapping, ground rule 7). Generated, never read.
    pub fn narrative(&self) -> Result<String, MappingError> {
        let d = self.definition;
        let mut blocks = Vec::new();
        let list = |title: &str, entries: Vec<(&str, &str)>| {
            let lines: Vec<String> =
                entries.iter().map(|(code, text)| outcome_line(code, text)).collect();
            format!("**{title}**\n\n{}", lines.join("\n"))
        };
        let texts = |outcome: &'_ Outcome| -> (String, String) {
            (outcome.code.clone(), self.text(&outcome.text).to_owned())
        };
        for (title, outcomes) in [
            (self.words.outcomes, d.learning_outcomes.iter().map(texts).collect::<Vec<_>>()),
            (self.words.competences, d.competences.iter().map(texts).collect()),
        ] {
            if !outcomes.is_empty() {
                let entries = outcomes.iter().map(|(c, t)| (c.as_str(), t.as_str())).collect();
                blocks.push(list(title, entries));
            }
        }
        if let Some(parts) = &d.parts {
            let mut titles = Vec::new();
            for part in &parts.items {
                titles.push((part.code.as_str(), self.other(&part.definition)?));
            }
            let entries = titles.iter().map(|(code, p)| (*code, p.title.nearest(self.language)));
            blocks.push(list(self.words.parts, entries.collect()));
        }
        blocks.push(self.facts().join("\n"));
        if self.language != d.language {
            let only = match self.untranslated.get() {
                true => format!("; {}", only_in(self.language, d.language)),
                false => String::new(),
            };
            blocks.insert(0, format!("*{}: {}{only}*", self.words.translation, self.url));
        }
        Ok(blocks.join("\n\n"))
    }

    fn facts(&self) -> Vec<String> {
        let (d, w) = (self.definition, self.words);
        let labels = |list: &str, codes: &[String]| {
            let labels: Vec<&str> = codes.iter().map(|code| self.label(list, code)).collect();
            labels.join("; ")
        };
        let mut facts: Vec<(&str, String)> = Vec::new();
        if d.kind == CertificateKind::Participation {
            facts.push((w.assessment, w.not_assessed.to_owned()));
        }
        if !d.assessment_types.is_empty() {
            facts.push((w.assessment, labels("assessment", &d.assessment_types)));
        }
        if let Some(code) = &d.supervision {
            facts.push((w.supervision, self.label("supervision", code).to_owned()));
        }
        if !d.participation.is_empty() {
            let forms = labels("participation", &d.participation);
            let schedule = labels("schedule", &d.schedule);
            facts.push((w.participation, format!("{forms} ({schedule})")));
        }
        if let Some(workload) = &d.workload {
            let hours = format!("{} {}", workload.hours.in_language(self.language), w.hours);
            let credits = workload
                .ects
                .map(|ects| format!("{} {}, ", ects.in_language(self.language), w.ects))
                .unwrap_or_default();
            facts.push((w.workload, format!("{credits}{hours}")));
        }
        match &d.level {
            Some(Level::Placed { vks, eqf, .. }) => {
                let levels: Vec<String> = [("VKS", vks), ("EQF", eqf)]
                    .into_iter()
                    .filter_map(|(name, level)| level.map(|level| format!("{name} {level}")))
                    .collect();
                facts.push((w.level, levels.join(", ")));
            }
            Some(Level::NotApplicable { reason }) => {
                facts.push((w.level, one_line(self.text(reason))));
            }
            None => {}
        }
        for (title, text) in [
            (w.prerequisites, d.prerequisites.as_ref()),
            (w.quality_assurance, d.quality_assurance.as_ref().map(|quality| &quality.text)),
            (w.usage, d.recognition_note.as_ref()),
        ] {
            if let Some(text) = text {
                facts.push((title, one_line(self.text(text))));
            }
        }
        facts.into_iter().map(|(title, text)| format!("- {title}: {text}")).collect()
    }
}

/// The line of an outcome, a competence or a part.
pub(super) fn outcome_line(code: &str, text: &str) -> String {
    format!("- {}: {}", code.to_uppercase(), one_line(text))
}

/// Keeps an entry of the narrative on its line.
fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}
