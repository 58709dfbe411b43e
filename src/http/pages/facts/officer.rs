//! The three blocks of facts for who decides on an exemption: authentic, current, relevant. Never a
//! right, an equivalence or a score.

use super::super::sheet::{Block, Fact, Value};
use super::Reader;
use crate::http::dossier::Dossier;
use crate::http::wording;
use crate::texts::{CertificateText, Label, PageText};

impl Reader<'_> {
    pub(super) fn blocks(&self, dossier: &Dossier<'_>, whole: bool) -> Vec<Block> {
        let block = |id, heading, facts: Vec<Option<Fact>>| Block {
            id,
            heading: self.tell(heading),
            facts: facts.into_iter().flatten().collect(),
            lists: Vec::new(),
        };
        let authentic = block("authentic", CertificateText::Authentic, self.authentic(dossier));
        // Of a document whose signature is not right nothing is shown.
        if dossier.report.document().is_none() {
            return vec![authentic];
        }
        let current = block("current", CertificateText::Current, self.current());
        let mut relevant = block("relevant", CertificateText::Relevant, self.relevant(whole));
        if whole {
            relevant.lists = self.lists();
        }
        vec![authentic, current, relevant]
    }

    fn authentic(&self, dossier: &Dossier<'_>) -> Vec<Option<Fact>> {
        let (report, language) = (dossier.report, self.wording.language);
        let verdict = Value::plain(wording::told(report, language));
        let number = self.view.certificate_number.as_deref().map(Value::plain);
        let sealer = self.view.issuer.as_ref().map(|issuer| self.organisation(issuer));
        let hash = PageText::FileHash.to(language);
        vec![
            self.named(CertificateText::Verdict, vec![verdict]),
            self.optional(Label::SealedBy, sealer),
            self.awarded(),
            self.recognised(),
            self.optional(Label::CertificateNumber, number),
            Some(Fact {
                label: hash.into_owned(),
                values: vec![Value::plain(&report.input().sha256)],
                help: None,
            }),
        ]
    }

    fn current(&self) -> Vec<Option<Fact>> {
        let mut facts = self.dates();
        // It stands in the first block.
        let number = self.say(Label::CertificateNumber);
        facts.retain(|fact| fact.as_ref().is_none_or(|fact| fact.label != number));
        facts.push(self.framework());
        facts
    }

    fn relevant(&self, whole: bool) -> Vec<Option<Fact>> {
        let mut facts = vec![self.named(CertificateText::Kind, vec![Value::plain(self.kind())])];
        facts.extend(self.level());
        facts.push(self.concepts(Label::Assessment, &self.view.assessment));
        if whole {
            facts.extend(self.judged().into_iter().skip(1));
            facts.extend(self.learnt());
            let note = self.view.recognition_note.as_deref().map(|note| self.text(note));
            facts.push(self.optional(Label::Use, note));
        } else {
            let parts = self.view.parts.iter().map(|part| &part.concept);
            let outcomes = self.view.competences.iter().chain(&self.view.outcomes);
            let all = outcomes.map(|outcome| &outcome.concept).chain(parts);
            let codes = all.filter_map(|concept| {
                let code = super::outcomes::code(concept);
                let href = format!("#{code}");
                (!code.is_empty()).then(|| Value::plain(code).here(href))
            });
            facts.push(self.named(CertificateText::Codes, codes.collect()));
        }
        facts
    }
}
