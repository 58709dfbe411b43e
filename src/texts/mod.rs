//! Every sentence and label that people read, in Dutch, French and English.
//!
//! A text is a variant of an enum, its parameters typed; its words are in the message files,
//! `nl/`, `fr/` and `en/`, one per enum (see `files`). That no language misses a message, that no
//! file has one that no enum knows, and that each fills in exactly the parameters of its variant,
//! is tested. Dutch says *je*, French says *vous*. Labels of the closed lists are not here: they
//! belong to the vocabulary. No markup, no HTML.

/// The text of the three files of this name.
macro_rules! message_files {
    ($name:literal) => {
        [
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/texts/nl/", $name, ".ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/texts/fr/", $name, ".ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/texts/en/", $name, ".ftl")),
        ]
    };
}

/// Makes an enum of texts. Each line: a name, and its parameters if any. The words are in the
/// message files of that name, under the name of the variant in small letters with hyphens.
macro_rules! keys {
    (
        $(#[$meta:meta])* $enum:ident in $file:literal:
        $( $variant:ident $( { $($parameter:ident),+ } )?; )+
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $enum<'a> {
            $(
                #[doc = concat!("`", stringify!($variant), "`, see the message files")]
                $variant $( { $(
                    /// What to fill in.
                    $parameter: &'a str
                ),+ } )?,
            )+
            #[doc(hidden)]
            Borrowed(std::convert::Infallible, std::marker::PhantomData<&'a ()>),
        }

        impl $enum<'_> {
            /// Its name, for programs.
            pub fn id(&self) -> &'static str {
                match self {
                    $( Self::$variant { .. } => stringify!($variant), )+
                    Self::Borrowed(never, _) => match *never {},
                }
            }

            /// The text in this language.
            pub fn to(self, language: $crate::texts::Language) -> std::borrow::Cow<'static, str> {
                enum Numbered { $($variant),+ }
                match self {
                    $(
                        Self::$variant $( { $($parameter),+ } )? => Self::table().text(
                            language,
                            Numbered::$variant as usize,
                            $crate::texts::files::Part::Value,
                            &[$($($parameter),+)?],
                        ),
                    )+
                    Self::Borrowed(never, _) => match never {},
                }
            }

            /// Its messages.
            pub(in $crate::texts) fn table() -> &'static $crate::texts::files::Table {
                use $crate::texts::files::{Part, Source, Table};
                static SOURCE: Source = Source {
                    name: $file,
                    files: message_files!($file),
                    keys: &[$((stringify!($variant), &[$($(stringify!($parameter)),+)?])),+],
                    parts: &[Part::Value],
                };
                static TABLE: std::sync::LazyLock<Table> =
                    std::sync::LazyLock::new(|| Table::read(&SOURCE));
                &TABLE
            }
        }
    };
}

mod catalogue;
mod certificate;
mod checks;
mod concern;
mod faults;
mod files;
mod forms;
mod information;
mod institution;
mod labels;
mod learner;
mod mail;
mod pages;
mod problems;
mod remedies;
mod render;
#[cfg(test)]
mod tests;
mod verdict;

pub use catalogue::CatalogueText;
pub use certificate::CertificateText;
pub use checks::{CheckName, CheckText, OutcomeWord};
pub use concern::ConcernText;
pub use faults::{FaultWords, WrittenFault, written_faults};
pub use forms::{date, decimal, moment, place};
pub use information::InformationText;
pub use institution::InstitutionText;
pub use labels::Label;
pub use learner::LearnerText;
pub use mail::MailText;
pub use pages::PageText;
pub use problems::{ProblemDetail, ProblemMeaning, ProblemTitle};
pub use remedies::Remedy;
pub use render::RenderText;
pub use verdict::Sentence;

use std::fmt;
use std::str::FromStr;

/// The languages of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Dutch, the default.
    #[default]
    Nl,
    /// French.
    Fr,
    /// English.
    En,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Nl, Self::Fr, Self::En];

    /// The subtag, as in `lang` attributes and `?lang=`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// Its own name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Nl => "Nederlands",
            Self::Fr => "Français",
            Self::En => "English",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = ();

    /// Takes a language tag; a region after it does not matter.
    fn from_str(s: &str) -> Result<Self, ()> {
        let primary = s.split('-').next().unwrap_or(s);
        Self::ALL.into_iter().find(|l| primary.eq_ignore_ascii_case(l.tag())).ok_or(())
    }
}
