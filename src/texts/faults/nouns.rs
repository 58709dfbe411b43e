//! What can be missing or expected, with its article.

use crate::model::Noun;
use crate::texts::Language;
use crate::texts::files::{Part, Source, Table};
use std::borrow::Cow;
use std::sync::LazyLock;

macro_rules! nouns {
    (Noun in $file:literal: $($noun:ident;)+) => {
        pub(super) fn noun(noun: Noun, language: Language) -> Cow<'static, str> {
            enum Key { $($noun),+ }
            let key = match noun { $(Noun::$noun => Key::$noun as usize,)+ };
            table().text(language, key, Part::Value, &[])
        }

        /// The nouns.
        pub(in crate::texts) fn table() -> &'static Table {
            static SOURCE: Source = Source {
                name: $file,
                files: message_files!($file),
                keys: &[$((stringify!($noun), &[])),+],
                parts: &[Part::Value],
            };
            static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(&SOURCE));
            &TABLE
        }
    };
}

nouns! {
    Noun in "nouns":
    Address;
    Addresses;
    Association;
    Array;
    AwardingBody;
    BasisText;
    Boolean;
    CertificateNumber;
    Choice;
    Code;
    Date;
    Decision;
    Definition;
    FirstDay;
    FrameworkName;
    FrameworkPage;
    FrameworkVersion;
    Genre;
    Homepage;
    Kind;
    Kinds;
    Label;
    Language;
    LastDay;
    Licence;
    Limit;
    Method;
    Name;
    Number;
    Object;
    OrganisationKind;
    Page;
    PartCertificate;
    QualificationCode;
    QualificationName;
    QualificationPage;
    QualityText;
    QualityType;
    Reference;
    RegisterNumber;
    Release;
    Role;
    Rule;
    ScaleBound;
    Scheme;
    Seals;
    ShortName;
    SkillAddress;
    SkillLabel;
    Status;
    String;
    Text;
    Version;
    WholeNumber;
}
