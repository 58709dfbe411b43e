//! Shapes: what is wrong whatever the document is about.

faults! {
    ShapeFault in "faults-shape":
    Missing { what };
    WrongType { expected };
    UnknownField;
    UnknownFieldAmong { known };
    TooMany { most };
    Duplicate;
    DuplicateName;
    NotADate;
    NotALanguage;
    NotALanguageTag;
    UnknownCode { known };
    ChoiceMissing { known };
    NotACode;
    NotAReference;
    NotASlug;
    NotAUrl;
    NotAnEmail;
    NotADid;
    NotADigest;
    OutOfRange { least, most };
    NotPositive;
    BoundsReversed;
    NumberRange;
    PeriodReversed;
    EmptyText;
    TextTooLong { most };
    ControlCharacter;
    PersonalData;
    NotEsco;
    ListMissing;
    LabelMissing;
    AskedByOperator;
    TextMissing { least, most };
    TextTooShort { least };
    NoItems;
    TooManyItems { most };
}
