//! Every sentence and label that people read, in Dutch, French and English.
//!
//! A text is a variant of an enum; the macro that makes it asks for three languages and for every
//! parameter in each, so a missing translation or a forgotten date does not compile. Dutch says
//! *je*, French says *vous*. Labels of the closed lists are not here: they belong to the
//! vocabulary. No markup, no HTML.

/// Makes an enum of texts. Each line: a name, its parameters if any, and the three languages.
macro_rules! texts {
    (
        $(#[$meta:meta])* $enum:ident:
        $( $variant:ident $( { $($parameter:ident),+ } )?
            => $nl:literal, $fr:literal, $en:literal; )+
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $enum<'a> {
            $(
                #[doc = $en]
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
                    $( Self::$variant $( { $($parameter: _),+ } )? => stringify!($variant), )+
                    Self::Borrowed(never, _) => match *never {},
                }
            }

            /// The text in this language.
            pub fn to(self, language: $crate::texts::Language) -> std::borrow::Cow<'static, str> {
                match self {
                    $(
                        Self::$variant $( { $($parameter),+ } )? => match language {
                            $crate::texts::Language::Nl =>
                                texts!(@text $nl $( $($parameter)+ )?),
                            $crate::texts::Language::Fr =>
                                texts!(@text $fr $( $($parameter)+ )?),
                            $crate::texts::Language::En =>
                                texts!(@text $en $( $($parameter)+ )?),
                        },
                    )+
                    Self::Borrowed(never, _) => match never {},
                }
            }
        }
    };
    (@text $text:literal) => { std::borrow::Cow::Borrowed($text) };
    (@text $text:literal $($parameter:ident)+) => {
        std::borrow::Cow::Owned(format!($text, $($parameter = $parameter),+))
    };
}
mod catalogue;
mod checks;
mod concern;
mod faults;
mod forms;
mod institution;
mod labels;
mod learner;
mod mail;
mod pages;
mod problems;
mod remedies;
mod render;
mod verdict;

pub use catalogue::CatalogueText;
pub use checks::{CheckName, CheckText, OutcomeWord};
pub use concern::ConcernText;
pub use faults::{FaultWords, WrittenFault, written_faults};
pub use forms::{date, decimal, moment, place};
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
