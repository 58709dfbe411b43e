//! The sample institution, its catalogue and its awards, which are built into the command so that
//! the demonstration needs no other file. Everything in them is fictional.
//!
//! The dates of the samples stand still; [`award`] moves those of one award together, so that its
//! day of issue is today and every rule about their order keeps holding.

use crate::model::{Date, Timestamp};
use serde_json::{Map, Value};

const ORGANISATIONS: &str = include_str!("samples/issuers.json");
const DEFINITIONS: &str = include_str!("samples/definitions.json");
const VOCABULARY: &str = include_str!("samples/vocabulary.json");
const AWARDS: &str = include_str!("samples/awards.json");

/// The institution that seals.
pub const ISSUER: &str = "voorbeeld-hogeschool";

fn built_in(text: &str) -> Value {
    serde_json::from_str(text).expect("the built-in samples are JSON, as a test shows")
}

/// The organisations, in the shape of an import file. Mandates are moved by whole years when the
/// samples have grown so old that they ran out.
pub fn organisations(today: Date) -> Value {
    let mut file = built_in(ORGANISATIONS);
    move_mandates(&mut file, today);
    file
}

/// The definitions, in the shape of an import file.
pub fn definitions() -> Value {
    built_in(DEFINITIONS)
}

/// The closed lists with their labels.
pub fn vocabulary() -> Value {
    built_in(VOCABULARY)
}

/// An award of the samples as the body of a request, its dates moved so that it would be issued
/// today. `None` when there is no award of this key.
pub fn award(key: &str, today: Date) -> Option<Value> {
    let mut file = built_in(AWARDS);
    let award = file["awards"].as_array_mut()?.iter_mut().find(|award| award["key"] == key)?;
    let issued: Timestamp = award["fixed"]["issuedAt"].as_str()?.parse().ok()?;
    let days = (today.midnight().unix() - issued.date().midnight().unix()) / 86_400;
    let mut award = award.take();
    let members = award.as_object_mut()?;
    for generated in ["key", "fixed"] {
        members.remove(generated);
    }
    move_dates(&mut award, days);
    let members = award.as_object_mut()?;
    if let Some(year) = academic_year(members) {
        members.insert("academicYear".to_owned(), Value::String(year));
    }
    Some(award)
}

/// Moves every text that is a calendar date.
fn move_dates(value: &mut Value, days: i64) {
    match value {
        Value::String(text) => {
            if let Some(moved) = text.parse::<Date>().ok().and_then(|date| date.plus_days(days)) {
                *text = moved.to_string();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_dates(item, days)),
        Value::Object(members) => members.values_mut().for_each(|member| move_dates(member, days)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The academic year in which it was decided; the samples' institution begins it in September.
fn academic_year(award: &Map<String, Value>) -> Option<String> {
    let decided: Date = award.get("decision")?.get("date")?.as_str()?.parse().ok()?;
    let (year, month, _) = decided.parts();
    let begin = if month >= 9 { year } else { year - 1 };
    Some(format!("{begin}-{}", begin + 1))
}

fn move_mandates(file: &mut Value, today: Date) {
    let organisations = file["organisations"].as_array_mut().into_iter().flatten();
    let mandates = organisations
        .filter_map(|organisation| organisation.get_mut("mandates")?.as_array_mut())
        .flatten();
    for mandate in mandates {
        let end = |mandate: &Value| mandate["until"].as_str()?.parse::<Date>().ok();
        while end(mandate).is_some_and(|until| until <= today) {
            for member in ["from", "until"] {
                let moved = mandate[member]
                    .as_str()
                    .and_then(|text| text.parse::<Date>().ok())
                    .and_then(|date| date.plus_months(12));
                match moved {
                    Some(date) => mandate[member] = Value::String(date.to_string()),
                    None => return,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn the_samples_are_json() {
        assert!(definitions()["definitions"].as_array().is_some_and(|d| d.len() == 6));
        assert!(organisations(date("2026-06-01"))["organisations"].is_array());
        assert!(vocabulary()["kind"].is_object());
    }

    #[test]
    fn an_award_moves_to_today_and_keeps_its_distances() {
        let sample = award("evc1", date("2026-06-24")).expect("a sample");
        assert_eq!(sample["decision"]["date"], "2026-06-16");
        assert_eq!(sample["academicYear"], "2025-2026");
        let moved = award("evc1", date("2027-01-05")).expect("a sample");
        assert_eq!(moved["decision"]["date"], "2026-12-28");
        assert_eq!(moved["activity"]["end"], "2026-12-14");
        assert_eq!(moved["activity"]["start"], "2026-09-16");
        assert_eq!(moved["academicYear"], "2026-2027");
        assert_eq!(moved["competences"], sample["competences"]);
        assert!(moved.get("fixed").is_none() && moved.get("key").is_none());
        assert!(award("none", date("2027-01-05")).is_none());
    }

    #[test]
    fn a_mandate_that_ran_out_is_moved_by_whole_years() {
        let mandate = |today: &str| {
            organisations(date(today))["organisations"][0]["mandates"][0]["until"].clone()
        };
        assert_eq!(mandate("2026-11-23"), "2030-08-31");
        assert_eq!(mandate("2032-01-01"), "2032-08-31");
    }
}
