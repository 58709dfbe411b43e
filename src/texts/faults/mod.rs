//! What is wrong with an input and what to do about it, in Dutch, French and English.
//!
//! The messages themselves, their codes and parameters are in `model`; the words are in the files
//! `faults-*.ftl`: what is wrong, and as `remedy` what to do. Each table here is an exhaustive
//! match over one group of messages, so none is forgotten. Dutch says *je*, French says *vous*; two
//! short sentences, no markup.

/// Gives one group of messages its words. Each line: a message, and its parameters if any.
macro_rules! faults {
    (
        $group:ident in $file:literal:
        $( $variant:ident $( { $($parameter:ident),+ } )?; )+
    ) => {
        impl $crate::texts::faults::Worded for $crate::model::$group {
            fn words(&self, language: $crate::texts::Language) -> $crate::texts::FaultWords {
                enum Key { $($variant),+ }
                match self {
                    $(
                        Self::$variant $( { $($parameter),+ } )? => {
                            $($(
                                let $parameter =
                                    $crate::texts::faults::Fill::fill($parameter, language);
                            )+)?
                            $crate::texts::FaultWords::from_table(
                                table(),
                                language,
                                Key::$variant as usize,
                                &[$($(&$parameter),+)?],
                            )
                        }
                    )+
                }
            }
        }

        /// The messages of this group.
        pub(in $crate::texts) fn table() -> &'static $crate::texts::files::Table {
            use $crate::texts::files::{Part, Source, Table};
            static SOURCE: Source = Source {
                name: $file,
                files: message_files!($file),
                keys: &[$((stringify!($variant), &[$($(stringify!($parameter)),+)?])),+],
                parts: &[Part::Value, Part::Remedy],
            };
            static TABLE: std::sync::LazyLock<Table> =
                std::sync::LazyLock::new(|| Table::read(&SOURCE));
            &TABLE
        }
    };
}

mod award;
mod batch;
mod catalogue;
mod definition;
mod endorsement;
mod filter;
mod framework;
mod nouns;
mod organisation;
mod shape;
mod table;

use super::Language;
use super::files::{Part, Table};
use crate::model::{
    AwardFault, BatchFault, CatalogueFault, Date, DefinitionFault, DefinitionRef, EndorsementFault,
    FieldError, FilterFault, FrameworkFault, Message, Noun, OrganisationFault, ShapeFault,
    TableFault,
};
use std::borrow::Cow;

/// A fault in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultWords {
    /// What is wrong, one sentence.
    pub detail: String,
    /// What to do about it, one sentence.
    pub remedy: String,
}

impl FaultWords {
    /// The words for this fault in this language.
    pub fn of(fault: &FieldError, language: Language) -> Self {
        match fault.message() {
            Message::ShapeFault(message) => message.words(language),
            Message::OrganisationFault(message) => message.words(language),
            Message::DefinitionFault(message) => message.words(language),
            Message::CatalogueFault(message) => message.words(language),
            Message::FrameworkFault(message) => message.words(language),
            Message::TableFault(message) => message.words(language),
            Message::BatchFault(message) => message.words(language),
            Message::FilterFault(message) => message.words(language),
            Message::EndorsementFault(message) => message.words(language),
            Message::AwardFault(message) => message.words(language),
        }
    }

    fn from_table(table: &'static Table, language: Language, key: usize, given: &[&str]) -> Self {
        Self {
            detail: table.text(language, key, Part::Value, given).into_owned(),
            remedy: table.text(language, key, Part::Remedy, given).into_owned(),
        }
    }
}

/// One message as the files have it, its parameters in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenFault {
    /// The stable code.
    pub code: &'static str,
    /// The name of the message in its group.
    pub name: &'static str,
    /// What is wrong and what to do, in the order of [`Language::ALL`].
    pub words: [[&'static str; 2]; 3],
}

/// Every message there is, group by group.
pub fn written_faults() -> Vec<WrittenFault> {
    let groups = [
        (ShapeFault::ALL, shape::table()),
        (OrganisationFault::ALL, organisation::table()),
        (DefinitionFault::ALL, definition::table()),
        (CatalogueFault::ALL, catalogue::table()),
        (FrameworkFault::ALL, framework::table()),
        (TableFault::ALL, table::table()),
        (BatchFault::ALL, batch::table()),
        (FilterFault::ALL, filter::table()),
        (EndorsementFault::ALL, endorsement::table()),
        (AwardFault::ALL, award::table()),
    ];
    let group = |(codes, table): (&'static [(&'static str, &'static str)], &'static Table)| {
        table.source().keys.iter().enumerate().filter_map(move |(key, (name, _))| {
            let (_, code) = codes.iter().find(|(known, _)| known == name)?;
            let words = Language::ALL.map(|language| {
                [Part::Value, Part::Remedy].map(|part| table.written(language, key, part))
            });
            Some(WrittenFault { code, name, words })
        })
    };
    groups.into_iter().flat_map(group).collect()
}

/// The messages of every group, and the nouns.
#[cfg(test)]
pub(super) fn tables() -> Vec<&'static Table> {
    vec![
        shape::table(),
        organisation::table(),
        definition::table(),
        catalogue::table(),
        framework::table(),
        table::table(),
        batch::table(),
        filter::table(),
        endorsement::table(),
        award::table(),
        nouns::table(),
    ]
}

/// A message that has words.
trait Worded {
    fn words(&self, language: Language) -> FaultWords;
}

/// A parameter in words. Numbers, dates and codes stand as JSON writes them, in every language,
/// because they are to be written into a request.
trait Fill {
    fn fill(&self, language: Language) -> Cow<'_, str>;
}

impl Fill for Noun {
    fn fill(&self, language: Language) -> Cow<'_, str> {
        nouns::noun(*self, language)
    }
}

impl Fill for String {
    fn fill(&self, _: Language) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Fill for &'static str {
    fn fill(&self, _: Language) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Fill for Vec<u8> {
    fn fill(&self, language: Language) -> Cow<'_, str> {
        let or = match language {
            Language::Nl => " of ",
            Language::Fr => " ou ",
            Language::En => " or ",
        };
        Cow::Owned(self.iter().map(u8::to_string).collect::<Vec<_>>().join(or))
    }
}

macro_rules! written_alike {
    ($($type:ty),+) => { $(
        impl Fill for $type {
            fn fill(&self, _: Language) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )+ };
}

written_alike!(usize, u64, u32, u16, Date, DefinitionRef);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The parameters that a sentence fills in.
    fn parameters(sentence: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        for piece in sentence.split('{').skip(1) {
            found.insert(piece.split_once('}').expect("a closed brace").0);
        }
        found
    }

    #[test]
    fn every_message_has_its_words() {
        let codes = [
            ShapeFault::ALL,
            OrganisationFault::ALL,
            DefinitionFault::ALL,
            CatalogueFault::ALL,
            FrameworkFault::ALL,
            TableFault::ALL,
            BatchFault::ALL,
            FilterFault::ALL,
            EndorsementFault::ALL,
            AwardFault::ALL,
        ];
        let count: usize = codes.iter().map(|group| group.len()).sum();
        assert_eq!(written_faults().len(), count);
    }

    #[test]
    fn every_language_fills_in_the_same_parameters() {
        for fault in written_faults() {
            let [nl, fr, en] = fault.words;
            let all = |words: [&'static str; 2]| {
                let [detail, remedy] = words.map(parameters);
                detail.union(&remedy).copied().collect::<BTreeSet<_>>()
            };
            assert_eq!(all(nl), all(en), "{}: nl", fault.name);
            assert_eq!(all(fr), all(en), "{}: fr", fault.name);
        }
    }

    #[test]
    fn every_sentence_is_one_and_no_language_is_copied_from_another() {
        for fault in written_faults() {
            for sentence in fault.words.iter().flatten() {
                assert!(sentence.ends_with('.'), "{}: {sentence}", fault.name);
                assert!(sentence.chars().count() <= 140, "{}: {sentence}", fault.name);
                assert!(!sentence.contains("  ") && !sentence.contains('\''), "{sentence}");
            }
            let [nl, fr, en] = fault.words;
            for i in 0..2 {
                assert!(nl[i] != fr[i] && fr[i] != en[i] && nl[i] != en[i], "{}", fault.name);
            }
        }
    }
}
