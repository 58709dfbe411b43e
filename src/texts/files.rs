//! The message files: read once, then as cheap as a constant.
//!
//! Each enum of texts has one file per language, `src/texts/{nl,fr,en}/NAME.ftl` in the syntax of
//! Fluent, built into the program. A message is named by its variant (`StatusRevoked` is
//! `status-revoked`) and fills in its parameters. A message without parameters is handed out as it
//! stands, one with plain parameters is cut into pieces beforehand, one that selects (plurals) goes
//! through `fluent-bundle`. Terms, references to other messages and attributes other than `remedy`
//! are not used. That every file is whole is tested; were a message missing all the same, the
//! Dutch one stands in, and then its name: nothing here panics.

use super::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::borrow::Cow;

/// What one enum asks of its files.
#[derive(Debug)]
pub(super) struct Source {
    /// The name of the files.
    pub name: &'static str,
    /// Their text, in the order of [`Language::ALL`].
    pub files: [&'static str; 3],
    /// Every variant with its parameters.
    pub keys: &'static [(&'static str, &'static [&'static str])],
    /// What each message consists of: itself, and perhaps a remedy.
    pub parts: &'static [Part],
}

/// A part of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The message itself.
    Value,
    /// Its attribute `remedy`.
    Remedy,
}

/// The messages of one enum, ready for use.
pub(super) struct Table {
    source: &'static Source,
    texts: Vec<Text>,
    bundles: [Option<FluentBundle<FluentResource>>; 3],
}

/// One text in one language.
enum Text {
    /// Nothing to fill in.
    Whole(String),
    /// Texts and numbers of parameters; as written, parameters in braces.
    Pieces(Vec<Piece>, String),
    /// Selects: asked of the bundle at each use.
    Selecting(String),
}

enum Piece {
    Text(String),
    Parameter(usize),
}

impl Table {
    /// Reads the files.
    pub(super) fn read(source: &'static Source) -> Self {
        let resources = source.files.map(resource);
        let mut texts = Vec::new();
        for language in 0..resources.len() {
            for (name, parameters) in source.keys {
                let id = message_id(name);
                for part in source.parts {
                    let found = std::iter::once(&resources[language])
                        .chain(&resources)
                        .find_map(|file| pattern(file, &id, *part));
                    texts.push(match found {
                        Some(found) => Text::of(found, parameters),
                        None => Text::Whole(format!("{}/{id}", source.name)),
                    });
                }
            }
        }
        let per_language = source.keys.len() * source.parts.len();
        let mut languages = Language::ALL.into_iter();
        let mut position = 0;
        let bundles = resources.map(|file| {
            let language = languages.next().unwrap_or_default();
            let own = texts.iter().skip(position).take(per_language);
            position += per_language;
            let selects = own.into_iter().any(|text| matches!(text, Text::Selecting(_)));
            selects.then(|| bundle(file, language))
        });
        Self { source, texts, bundles }
    }

    /// What the files are asked for.
    pub(super) fn source(&self) -> &'static Source {
        self.source
    }

    /// A text; the parameters in the order of its variant.
    pub(super) fn text(
        &'static self,
        language: Language,
        key: usize,
        part: Part,
        parameters: &[&str],
    ) -> Cow<'static, str> {
        match self.find(language, key, part) {
            Some(Text::Whole(text)) => Cow::Borrowed(text),
            Some(Text::Pieces(pieces, _)) => Cow::Owned(filled(pieces, parameters)),
            Some(Text::Selecting(_)) => {
                Cow::Owned(self.selected(language, key, part, parameters).unwrap_or_default())
            }
            None => Cow::Borrowed(""),
        }
    }

    /// A text as it stands in its file, parameters in braces.
    pub(super) fn written(
        &'static self,
        language: Language,
        key: usize,
        part: Part,
    ) -> &'static str {
        match self.find(language, key, part) {
            Some(Text::Whole(text) | Text::Pieces(_, text) | Text::Selecting(text)) => text,
            None => "",
        }
    }

    fn find(&self, language: Language, key: usize, part: Part) -> Option<&Text> {
        let parts = self.source.parts;
        let part = parts.iter().position(|known| *known == part)?;
        self.texts.get((language as usize * self.source.keys.len() + key) * parts.len() + part)
    }

    fn selected(
        &self,
        language: Language,
        key: usize,
        part: Part,
        parameters: &[&str],
    ) -> Option<String> {
        let (name, names) = self.source.keys.get(key)?;
        let id = message_id(name);
        let own = self.bundles.get(language as usize)?.as_ref();
        let bundle = own.filter(|bundle| bundle.has_message(&id)).or(self.bundles[0].as_ref())?;
        let message = bundle.get_message(&id)?;
        let pattern = match part {
            Part::Value => message.value()?,
            Part::Remedy => message.get_attribute("remedy")?.value(),
        };
        let mut args = FluentArgs::with_capacity(names.len());
        for (name, value) in names.iter().zip(parameters) {
            args.set(*name, *value);
        }
        Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    }
}

impl Text {
    fn of(pattern: &Pattern<&str>, parameters: &[&str]) -> Self {
        let mut pieces = Vec::new();
        let mut written = String::new();
        let mut last = String::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => {
                    last.push_str(value);
                    written.push_str(value);
                }
                PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::VariableReference { id }),
                } => {
                    let Some(number) = parameters.iter().position(|known| *known == id.name) else {
                        continue;
                    };
                    pieces.push(Piece::Text(std::mem::take(&mut last)));
                    pieces.push(Piece::Parameter(number));
                    written.push('{');
                    written.push_str(id.name);
                    written.push('}');
                }
                PatternElement::Placeable { .. } => return Self::Selecting(default_of(pattern)),
            }
        }
        if pieces.is_empty() {
            return Self::Whole(written);
        }
        pieces.push(Piece::Text(last));
        pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        Self::Pieces(pieces, written)
    }
}

fn filled(pieces: &[Piece], parameters: &[&str]) -> String {
    let piece = |piece| match piece {
        &Piece::Parameter(number) => parameters.get(number).copied().unwrap_or_default(),
        Piece::Text(text) => text.as_str(),
    };
    let mut text = String::with_capacity(pieces.iter().map(|next| piece(next).len()).sum());
    for next in pieces {
        text.push_str(piece(next));
    }
    text
}

/// A selecting pattern as its default variants write it.
fn default_of(pattern: &Pattern<&str>) -> String {
    let mut written = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => written.push_str(value),
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                if let Some(default) = variants.iter().find(|variant| variant.default) {
                    written.push_str(&default_of(&default.value));
                }
            }
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => {
                written.push('{');
                written.push_str(id.name);
                written.push('}');
            }
            PatternElement::Placeable { .. } => {}
        }
    }
    written
}

fn resource(text: &str) -> FluentResource {
    match FluentResource::try_new(text.to_owned()) {
        Ok(read) | Err((read, _)) => read,
    }
}

fn pattern<'r>(file: &'r FluentResource, wanted: &str, part: Part) -> Option<&'r Pattern<&'r str>> {
    file.entries().find_map(|entry| match entry {
        Entry::Message(message) if message.id.name == wanted => match part {
            Part::Value => message.value.as_ref(),
            Part::Remedy => {
                let remedy = message.attributes.iter().find(|own| own.id.name == "remedy");
                remedy.map(|own| &own.value)
            }
        },
        _ => None,
    })
}

fn bundle(file: FluentResource, language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.tag().parse().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    // Parameters are texts, written out in their language; NUMBER reads one to choose a plural.
    let named = bundle.add_function("NUMBER", |given, _| match given {
        [FluentValue::String(text)] => {
            FluentValue::try_number(&text.replace(',', ".")).into_owned()
        }
        _ => FluentValue::Error,
    });
    debug_assert!(named.is_ok());
    let added = bundle.add_resource(file);
    debug_assert!(added.is_ok());
    bundle
}

/// The name of a message in the files: `StatusRevoked` is `status-revoked`.
pub(super) fn message_id(variant: &str) -> String {
    let mut id = String::with_capacity(variant.len() + 4);
    for letter in variant.chars() {
        if letter.is_ascii_uppercase() && !id.is_empty() {
            id.push('-');
        }
        id.push(letter.to_ascii_lowercase());
    }
    id
}
