//! What must hold for any signed input, whatever was changed about it: a changed byte is not
//! verified; how the JSON is written does not matter; a term that was added is named by its place.

use super::examination::Scene;
use super::{examine, examiner};
use bewijs::verification::{Check, Examiner, Outcome, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write;
use std::sync::OnceLock;

/// Signed inputs of every form, and the worlds in which they are verified.
fn inputs() -> &'static Vec<(&'static str, Scene)> {
    static INPUTS: OnceLock<Vec<(&'static str, Scene)>> = OnceLock::new();
    INPUTS.get_or_init(|| {
        let endorsed = json!({"parts": {"e": {"base": "endorsement"}},
            "before": [["add", "/credentialSubject/achievement/endorsement", ["{part:e}"]]]});
        let all = [
            ("badge", json!({})),
            ("prior learning", json!({"base": "evc1", "now": "2026-08-01T12:00:00Z"})),
            ("JSON", json!({"sign": {"suite": "eddsa-jcs-2022"}})),
            ("two proofs", json!({"sign": [{}, {"suite": "eddsa-jcs-2022"}]})),
            ("VCDM 1.1", json!({"base": "v1"})),
            ("endorsed", endorsed),
            ("presentation", json!({"base": "presentation", "parts": {"one": {}}})),
            ("record", json!({"base": "clr", "parts": {"one": {}}})),
            ("derived", made("others-ecdsa-sd-2023")),
            ("P-256", made("others-ecdsa-rdfc-2019-p256")),
            ("old suite", made("others-ed25519-signature-2020")),
            ("presentation token", made("good-vp-jwt")),
            ("token of VCDM 1.1", made("good-v1-jwt")),
            ("vc+jwt", json!({"sign": {"jwt": "vc"}})),
            ("Open Badges JWT", json!({"sign": {"jwt": "open-badges"}})),
        ];
        all.into_iter().map(|(name, case)| (name, Scene::of(&case))).collect()
    })
}

/// An input that somebody else made, from its case.
fn made(name: &str) -> Value {
    let path = format!("{}/tests/cases/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).expect("a case")).expect("JSON")
}

/// The inputs that are JSON.
fn documents() -> impl Iterator<Item = &'static (&'static str, Scene)> {
    inputs().iter().filter(|(_, scene)| scene.bytes.starts_with(b"{"))
}

fn shared() -> &'static Examiner {
    static EXAMINER: OnceLock<Examiner> = OnceLock::new();
    EXAMINER.get_or_init(examiner)
}

/// Numbers from a seed; good enough to scatter.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).expect("64 bits") % bound.max(1)
    }
}

/// The same JSON: members in any order, any white space, any character escaped.
fn rewritten(value: &Value, dice: &mut Dice, out: &mut String) {
    let space = |dice: &mut Dice, out: &mut String| {
        for _ in 0..dice.below(3) {
            out.push([' ', '\n', '\t', '\r'][dice.below(4)]);
        }
    };
    space(dice, out);
    match value {
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            for last in (1..members.len()).rev() {
                members.swap(last, dice.below(last + 1));
            }
            out.push('{');
            for (index, (name, value)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                space(dice, out);
                escaped(name, dice, out);
                space(dice, out);
                out.push(':');
                rewritten(value, dice, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                rewritten(item, dice, out);
            }
            out.push(']');
        }
        Value::String(text) => escaped(text, dice, out),
        other => out.push_str(&other.to_string()),
    }
    space(dice, out);
}

fn escaped(text: &str, dice: &mut Dice, out: &mut String) {
    out.push('"');
    let often = [1, 2, 20, 200][dice.below(4)];
    for character in text.chars() {
        let plain = !matches!(character, '"' | '\\') && character >= ' ';
        if plain && dice.below(often) != 0 {
            out.push(character);
            continue;
        }
        let mut units = [0; 2];
        for unit in character.encode_utf16(&mut units) {
            match dice.below(2) {
                0 => write!(out, "\\u{unit:04x}"),
                _ => write!(out, "\\u{unit:04X}"),
            }
            .expect("writing to a String cannot fail");
        }
    }
    out.push('"');
}

/// Every object in a document but the contexts: where it stands.
fn objects(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.push(pointer.to_owned());
            for (name, value) in members.iter().filter(|(name, _)| *name != "@context") {
                objects(value, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                objects(item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_form_is_verified_as_it_was_signed() {
    for (name, scene) in inputs() {
        let report = examine(shared(), scene, &scene.bytes);
        assert_eq!(report.verdict(), Verdict::Verified, "{name}: {:?}", report.checks());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_input_with_any_byte_changed_is_verified(at in any::<prop::sample::Index>(), by in 1_u8..) {
        for (name, scene) in inputs() {
            let mut bytes = scene.bytes.clone();
            let place = at.index(bytes.len());
            bytes[place] ^= by;
            let report = examine(shared(), scene, &bytes);
            // Without its name a suite is not known to be wrong.
            prop_assert_ne!(report.verdict(), Verdict::Verified, "{} at {}", name, place);
        }
    }

    #[test]
    fn no_input_with_bytes_taken_out_or_put_in_is_verified(
        at in any::<prop::sample::Index>(),
        length in 1_usize..5,
        what in "[a-z0-9{}\\[\\]\",:.]{1,4}",
    ) {
        for (name, scene) in inputs() {
            let place = at.index(scene.bytes.len());
            let mut less = scene.bytes.clone();
            less.drain(place..(place + length).min(scene.bytes.len()));
            let report = examine(shared(), scene, &less);
            prop_assert_ne!(report.verdict(), Verdict::Verified, "{} less {}", name, place);
            let mut more = scene.bytes.clone();
            more.splice(place..place, what.bytes());
            let report = examine(shared(), scene, &more);
            prop_assert_ne!(report.verdict(), Verdict::Verified, "{} more {}", name, place);
        }
    }

    #[test]
    fn order_white_space_and_escapes_do_not_matter(seed in 1_u64..) {
        for (name, scene) in documents() {
            let signed: Value = serde_json::from_slice(&scene.bytes).expect("JSON");
            let mut text = String::new();
            rewritten(&signed, &mut Dice(seed), &mut text);
            let report = examine(shared(), scene, text.as_bytes());
            prop_assert_eq!(report.verdict(), Verdict::Verified, "{}: {}", name, text);
        }
    }

    #[test]
    fn an_undefined_term_that_was_added_is_named_by_its_place(
        at in any::<prop::sample::Index>(),
        term in "zz[a-zA-Z]{3,12}",
        value in "[ -~]{0,20}",
    ) {
        for (name, scene) in documents() {
            let mut document: Value = serde_json::from_slice(&scene.bytes).expect("JSON");
            let mut places = Vec::new();
            objects(&document, "", &mut places);
            let place = at.get(&places);
            document.pointer_mut(place).expect("an object")[&term] = json!(value);
            let report = examine(shared(), scene, document.to_string().as_bytes());
            prop_assert_eq!(report.verdict(), Verdict::Failed, "{} {}", name, place);
            let conformance = report.check(Check::Conformance);
            prop_assert_eq!(conformance.outcome, Outcome::Fail, "{} {}", name, place);
            let problem = conformance.problem.as_ref().expect("a reason");
            let pointer = problem.extensions.get("pointer").and_then(Value::as_str);
            let expected = format!("{place}/{term}");
            prop_assert_eq!(pointer, Some(expected.as_str()), "{}: {:?}", name, problem);
        }
    }
}
