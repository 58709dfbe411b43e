//! The message files are whole: every message in every language, nothing else, and each fills in
//! what its variant has.

use super::files::{Part, Source, Table, message_id};
use super::*;
use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use fluent_syntax::parser;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn tables() -> Vec<&'static Table> {
    let mut all = vec![
        CatalogueText::table(),
        CertificateText::table(),
        ConcernText::table(),
        LearnerText::table(),
        MailText::table(),
        CheckName::table(),
        OutcomeWord::table(),
        CheckText::table(),
        InformationText::table(),
        InstitutionText::table(),
        RenderText::table(),
        Label::table(),
        PageText::table(),
        ProblemTitle::table(),
        ProblemMeaning::table(),
        ProblemDetail::table(),
        Remedy::table(),
        Sentence::table(),
    ];
    all.extend(faults::tables());
    all
}

/// A part of a message: the texts it can read as, and the parameters it names.
#[derive(Debug, Default, PartialEq, Eq)]
struct Read {
    text: String,
    parameters: BTreeSet<String>,
    faults: Vec<String>,
}

impl Read {
    fn of(pattern: &Pattern<&str>) -> Self {
        let mut read = Self::default();
        read.pattern(pattern);
        read
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => {
                self.text.push('¤');
                self.inline(inline);
            }
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.parameters.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference {
                id,
                arguments: CallArguments { positional, named },
            } if id.name == "NUMBER" && positional.len() == 1 && named.is_empty() => {
                self.inline(&positional[0]);
            }
            other => self.faults.push(format!("{other:?} is not used here")),
        }
    }
}

fn read(file: &str) -> (BTreeMap<(String, Part), Read>, Vec<String>) {
    let mut faults = Vec::new();
    let resource = parser::parse(file).unwrap_or_else(|(read, errors)| {
        faults.extend(errors.iter().map(|error| format!("syntax: {error}")));
        read
    });
    let mut messages = BTreeMap::new();
    for entry in &resource.body {
        let message = match entry {
            Entry::Message(message) => message,
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
            other => {
                faults.push(format!("not a message: {other:?}"));
                continue;
            }
        };
        let id = message.id.name.to_owned();
        let remedies = message.attributes.iter().filter(|own| own.id.name == "remedy");
        if remedies.clone().count() != message.attributes.len() {
            faults.push(format!("{id}: an attribute that is not `remedy`"));
        }
        let parts = message.value.iter().map(|value| (Part::Value, value));
        for (part, pattern) in parts.chain(remedies.map(|own| (Part::Remedy, &own.value))) {
            if messages.insert((id.clone(), part), Read::of(pattern)).is_some() {
                faults.push(format!("{id} is there twice"));
            }
        }
    }
    (messages, faults)
}

/// Whether a line may break where French never does: before `:`, `;`, `?`, `!` and inside « ».
/// The colon has a no-break space before it, the others a narrow one.
fn splits_in_french(text: &str) -> bool {
    let plain = [" :", " ;", " ?", " !", "« ", " »"];
    let letters: Vec<char> = text.chars().collect();
    plain.iter().any(|sign| text.contains(sign))
        || letters.windows(2).any(|pair| {
            matches!(pair[1], ';' | '?' | '!' | '»') && pair[0] != '\u{202f}'
                || pair[0] == '«' && pair[1] != '\u{202f}'
        })
}

/// Everything that is wrong with the files of one enum.
fn wrong(source: &Source) -> Vec<String> {
    let mut all = Vec::new();
    for (file, language) in source.files.iter().zip(Language::ALL) {
        let (mut messages, mut faults) = read(file);
        for (name, parameters) in source.keys {
            let id = message_id(name);
            let mut used = BTreeSet::new();
            for part in source.parts {
                let Some(found) = messages.remove(&(id.clone(), *part)) else {
                    faults.push(format!("{id} {part:?} is missing"));
                    continue;
                };
                faults.extend(found.faults.iter().map(|fault| format!("{id}: {fault}")));
                let text = &found.text;
                if text.trim().is_empty() {
                    faults.push(format!("{id} is empty"));
                }
                if text.trim() != text || text.contains("  ") || text.contains('\n') {
                    faults.push(format!("{id} has space that shows: {text:?}"));
                }
                if text.contains(['<', '>', '{', '}', '\'']) {
                    faults.push(format!("{id} has markup or a straight apostrophe: {text:?}"));
                }
                if language == Language::Fr && splits_in_french(text) {
                    faults.push(format!("{id} may break before a sign: {text:?}"));
                }
                used.extend(found.parameters);
            }
            let wanted: BTreeSet<String> = parameters.iter().map(|&name| name.to_owned()).collect();
            if used != wanted {
                faults.push(format!("{id} fills in {used:?} and not {wanted:?}"));
            }
        }
        faults.extend(messages.into_keys().map(|(id, part)| format!("{id} {part:?}: nobody asks")));
        all.extend(faults.iter().map(|fault| format!("{language}/{}.ftl: {fault}", source.name)));
    }
    all
}

#[test]
fn no_message_is_missing_in_any_language_and_none_is_too_many() {
    let faults: Vec<_> = tables().into_iter().flat_map(|table| wrong(table.source())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_belongs_to_an_enum_and_every_enum_to_one_file() {
    let mut names: Vec<_> = tables().iter().map(|table| table.source().name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "two enums share a file: {names:?}");
    for language in Language::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/texts").join(language.tag());
        let mut there: Vec<String> = std::fs::read_dir(&folder)
            .expect("the folder is there")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        there.sort_unstable();
        let wanted: Vec<String> = names.iter().map(|name| format!("{name}.ftl")).collect();
        assert_eq!(there, wanted, "{language}");
    }
}

/// A table as the checks above should refuse it, or not.
fn source(nl: &'static str, fr: &'static str, en: &'static str) -> Source {
    Source {
        name: "trial",
        files: [nl, fr, en],
        keys: &[("Plain", &[]), ("WithDate", &["date"])],
        parts: &[Part::Value],
    }
}

const WHOLE: &str = "plain = Tekst\nwith-date = Op { $date }.\n";

#[test]
fn what_is_wrong_with_a_file_is_found() {
    assert_eq!(wrong(&source(WHOLE, WHOLE, WHOLE)), Vec::<String>::new());
    for (file, fault) in [
        ("plain = Tekst\n", "with-date Value is missing"),
        ("plain =\nwith-date = Op { $date }.\n", "plain Value is missing"),
        ("plain = Tekst\nwith-date = Op een dag.\n", "with-date fills in {}"),
        ("plain = Op { $date }\nwith-date = Op { $date }.\n", "plain fills in {\"date\"}"),
        ("plain = Tekst\nwith-date = Op { $dat }.\n", "with-date fills in {\"dat\"}"),
        ("plain = Tekst\nplain = Nog\nwith-date = Op { $date }.\n", "plain is there twice"),
        ("plain = Tekst\nextra = Nog\nwith-date = Op { $date }.\n", "extra Value: nobody asks"),
        ("plain = Tekst\n    .title = Nog\nwith-date = Op { $date }.\n", "not `remedy`"),
        ("plain = Tekst\nzomaar wat\nwith-date = Op { $date }.\n", "syntax"),
        ("plain = Tekst { \"x\" }\nwith-date = Op { $date }.\n", "is not used here"),
        ("plain = Een <b>tekst</b>\nwith-date = Op { $date }.\n", "markup"),
        ("-term = T\nplain = Tekst\nwith-date = Op { $date }.\n", "not a message"),
    ] {
        for languages in [[file, WHOLE, WHOLE], [WHOLE, file, WHOLE], [WHOLE, WHOLE, file]] {
            let [nl, fr, en] = languages;
            let found = wrong(&source(nl, fr, en));
            assert!(found.iter().any(|line| line.contains(fault)), "{file}: {found:?}");
        }
    }
}

fn table(nl: &'static str, fr: &'static str, en: &'static str) -> &'static Table {
    Box::leak(Box::new(Table::read(Box::leak(Box::new(source(nl, fr, en))))))
}

#[test]
fn french_lines_do_not_break_before_a_sign() {
    let with = |sign: &str| format!("plain = Voici{sign}\nwith-date = Op {{ $date }}.\n");
    let found = |sign: &str| {
        let file: &'static str = Box::leak(with(sign).into_boxed_str());
        [wrong(&source(WHOLE, file, WHOLE)), wrong(&source(file, WHOLE, file))]
    };
    for sign in [" : ici", " ; ici", "; ici", " ?", "?", " !", "!", " « ici »", " «ici»"] {
        let [french, others] = found(sign);
        assert_eq!(french.len(), 1, "{sign}: {french:?}");
        assert!(french[0].contains("may break"), "{sign}: {french:?}");
        assert_eq!(others, Vec::<String>::new(), "{sign}");
    }
    for sign in ["\u{a0}: ici", "\u{202f}; ici", "\u{202f}?", " «\u{202f}ici\u{202f}»", " did:web"]
    {
        assert_eq!(found(sign), [Vec::<String>::new(), Vec::new()], "{sign}");
    }
}

#[test]
fn texts_are_filled_in_and_plurals_chosen() {
    const NL: &str = "plain = Tekst\nwith-date = { $date } uur\n";
    const FR: &str = "plain = Texte\nwith-date = { NUMBER($date) ->\n    [one] { $date } heure\n   *[other] { $date } heures\n }\n";
    let table = table(NL, FR, FR);
    let hours = |language, number| table.text(language, 1, Part::Value, &[number]);
    assert_eq!(hours(Language::Nl, "2,5"), "2,5 uur");
    assert_eq!(hours(Language::Fr, "1,5"), "1,5 heure");
    assert_eq!(hours(Language::Fr, "2,5"), "2,5 heures");
    assert_eq!(hours(Language::En, "1"), "1 heure");
    assert_eq!(hours(Language::En, "1.5"), "1.5 heures");
    assert_eq!(hours(Language::En, "veel"), "veel heures");
    assert_eq!(table.written(Language::En, 1, Part::Value), "{date} heures");
    let plain = table.text(Language::Fr, 0, Part::Value, &[]);
    assert!(matches!(plain, std::borrow::Cow::Borrowed("Texte")));
}

#[test]
fn what_a_parameter_says_is_not_read_as_a_message() {
    let table = table(WHOLE, WHOLE, WHOLE);
    let said = table.text(Language::Nl, 1, Part::Value, &["{ $date } { plain }"]);
    assert_eq!(said, "Op { $date } { plain }.");
}

#[test]
fn a_message_that_were_missing_is_said_in_dutch_and_then_by_its_name() {
    let table = table("plain = Tekst\n", "plain = {\n", "");
    assert_eq!(table.text(Language::Fr, 0, Part::Value, &[]), "Tekst");
    assert_eq!(table.text(Language::En, 0, Part::Value, &[]), "Tekst");
    assert_eq!(table.text(Language::En, 1, Part::Value, &["x"]), "trial/with-date");
    assert_eq!(table.text(Language::En, 2, Part::Value, &[]), "");
    assert_eq!(table.text(Language::En, 0, Part::Remedy, &[]), "");
}
