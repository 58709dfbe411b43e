//! Dates, number, state and age.

use super::super::sheet::{Fact, Value};
use super::Reader;
use crate::http::dossier::years;
use crate::model::{Date, Timestamp};
use crate::texts::{CertificateText, Label, Sentence};
use crate::verification::State;

/// From so many years on, the age is mentioned.
const AGE_NOTE_YEARS: i16 = 5;

impl Reader<'_> {
    pub(super) fn dates(&self) -> Vec<Option<Fact>> {
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
        let age = self.wording.dossier.and_then(|dossier| dossier.age);
        let age = age.map(|years| Value::plain(self.age(years)));
        vec![
            self.named(CertificateText::Status, self.status().into_iter().collect()),
            self.optional(Label::ActivityPeriod, period),
            self.optional(Label::AcademicYear, view.academic_year.as_deref().map(Value::plain)),
            self.optional(Label::DecisionDate, day(view.decided)),
            self.optional(Label::IssuedOn, day(issued)),
            self.named(CertificateText::Age, age.into_iter().collect()),
            self.optional(Label::EndDate, end),
            self.optional(Label::CertificateNumber, number),
            self.optional(Label::Definition, definition),
            self.fact(Label::Other, replaces.into_iter().collect()),
        ]
    }

    /// The age in words.
    pub(super) fn age(&self, years: i16) -> String {
        let text = match years {
            ..=0 => CertificateText::AgeUnderAYear,
            1 => CertificateText::AgeOneYear,
            _ => return self.tell(CertificateText::AgeYears { years: &years.to_string() }),
        };
        self.tell(text)
    }

    /// The state of the certificate in its own words, with the date and where to go on.
    pub(super) fn status(&self) -> Option<Value> {
        let report = self.wording.dossier?.report;
        let since = report.state_since().map(|at| self.day(at.date()));
        let date = since.as_deref().unwrap_or_default();
        let text = match (report.state(), &since) {
            (State::Valid, _) => CertificateText::StateValid,
            (State::Revoked, Some(_)) => CertificateText::StateRevoked { date },
            (State::Revoked, None) => CertificateText::StateRevokedUndated,
            (State::Superseded, Some(_)) => CertificateText::StateSuperseded { date },
            (State::Superseded, None) => CertificateText::StateSupersededUndated,
            (State::Suspended, Some(_)) => CertificateText::StateSuspended { date },
            (State::Suspended, None) => CertificateText::StateSuspendedUndated,
            (State::Expired, _) => CertificateText::StateExpired,
            (State::NotYetValid, _) => CertificateText::StateNotYetValid,
            (State::Unknown, _) => CertificateText::StateUnknown,
        };
        let language = self.wording.language;
        let successor = report
            .replaced_by()
            .map(|href| Value::plain(Sentence::SeeSuccessor.to(language)).linked(Some(href)));
        Some(successor.map_or_else(
            || Value::plain(self.tell(text)),
            |link| Value { note: Some(self.tell(text)), ..link },
        ))
    }

    /// A neutral sentence from five years on; never "expired" (story E9).
    pub(super) fn age_note(&self, now: Timestamp) -> Option<String> {
        if self.view.valid_until.is_some() {
            return None;
        }
        let years = years(self.view.issued?.date(), now.date());
        (years >= AGE_NOTE_YEARS).then(|| {
            let years = &years.to_string();
            Sentence::AgeNote { years }.to(self.wording.language).into_owned()
        })
    }
}
