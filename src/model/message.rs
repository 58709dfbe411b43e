//! The closed list of what can be wrong with an input: each message has one stable code and typed
//! parameters. The words are not here: `texts` has them, in every language, and does not compile
//! while one is missing.
//!
//! A parameter says what the rules, the settings or the catalogue say: a limit, a closed list, the
//! name of a definition. What the input says about a person never becomes one.

use super::{Date, DefinitionRef};

macro_rules! messages {
    ($(
        $(#[$meta:meta])*
        $group:ident { $(
            $variant:ident $( { $($parameter:ident: $type:ty),+ } )? => $code:literal;
        )+ }
    )+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub enum $group { $(
                #[doc = concat!("`", $code, "`")]
                $variant $( { $(
                    /// What the words are filled with.
                    $parameter: $type
                ),+ } )?,
            )+ }

            impl $group {
                /// Name and code of every message.
                pub const ALL: &'static [(&'static str, &'static str)] =
                    &[$((stringify!($variant), $code)),+];

                /// The stable code, for machines.
                pub fn code(&self) -> &'static str {
                    match self { $(Self::$variant { .. } => $code,)+ }
                }
            }

            impl From<$group> for Message {
                fn from(message: $group) -> Self {
                    Self::$group(message)
                }
            }
        )+

        /// What is wrong with one field, without words.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Message {
            $( $(#[$meta])* $group($group), )+
        }

        impl Message {
            /// The stable code, for machines.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$group(message) => message.code(),)+
                }
            }
        }
    };
}

messages! {
    /// Shapes: what is wrong whatever the document is about.
    ShapeFault {
        Missing { what: Noun } => "required";
        WrongType { expected: Noun } => "type";
        UnknownField => "unknown-field";
        UnknownFieldAmong { known: String } => "unknown-field";
        TooMany { most: usize } => "too-many";
        Duplicate => "duplicate-code";
        DuplicateName => "duplicate-name";
        NotADate => "date-format";
        NotALanguage => "unknown-code";
        NotALanguageTag => "unknown-code";
        UnknownCode { known: String } => "unknown-code";
        ChoiceMissing { known: String } => "required";
        NotACode => "code-format";
        NotAReference => "code-format";
        NotASlug => "slug-format";
        NotAUrl => "url-scheme";
        NotAnEmail => "email-format";
        NotADid => "holder-did-format";
        NotADigest => "digest-format";
        OutOfRange { least: u32, most: u32 } => "range";
        NotPositive => "range";
        BoundsReversed => "range";
        NumberRange => "number-range";
        PeriodReversed => "date-order";
        EmptyText => "empty";
        TextTooLong { most: usize } => "too-long";
        ControlCharacter => "control-character";
        PersonalData => "personal-data-in-text";
        NotEsco => "esco-uri";
        ListMissing => "list-required";
        LabelMissing => "label-required";
        AskedByOperator => "profile-required";
        TextMissing { least: usize, most: usize } => "required";
        TextTooShort { least: usize } => "too-short";
        NoItems => "no-items";
        TooManyItems { most: usize } => "too-many-items";
    }

    /// Organisations and their settings.
    OrganisationFault {
        LegalNameRequired => "legal-name-required";
        CountryRequired => "country-required";
        CountryFormat => "country-format";
        RegionFormat => "region-format";
        RegionMismatch => "region-mismatch";
        DidFormat => "did-format";
        NoDefaultExpiry => "no-default-expiry";
        ColourFormat => "colour-format";
        ColourContrast => "colour-contrast";
    }

    /// Definitions.
    DefinitionFault {
        TitleRequired => "title-required";
        DescriptionRequired => "description-required";
        AwardingBodyRequired => "awarding-body-required";
        OutcomesRequired => "outcomes-required";
        CompetenceRequired => "competence-required";
        WorkloadRequired => "workload-required";
        HoursRequired => "hours-required";
        HoursRange => "hours-required";
        LevelRequired => "level-required";
        LevelMemberRequired => "level-required";
        VksRequired => "level-required";
        LevelReasonRequired { language: &'static str } => "level-required";
        LevelContradiction => "level-contradiction";
        LevelRange => "level-range";
        AssessmentTypeRequired => "assessment-type-required";
        ParticipationRequired => "participation-required";
        ScheduleRequired => "schedule-required";
        QualityAssuranceRequired => "quality-assurance-required";
        QualityAssuranceIncomplete { what: Noun } => "quality-assurance-required";
        IscedRequired => "isced-required";
        SupervisionRequired => "supervision-required";
        FrameworkRequired => "framework-required";
        FrameworkIncomplete { what: Noun } => "framework-required";
        ProcedureRequired => "procedure-required";
        RecognitionNoteRequired => "recognition-note-required";
        LegalBasisRequired => "legal-basis-required";
        QualificationRequired => "qualification-required";
        QualificationIncomplete { what: Noun } => "qualification-required";
        PartsRequired => "parts-required";
        VersionFormat => "version-format";
        UnknownKind { known: String } => "unknown-kind";
        AuthoritativeLanguageMissing { language: &'static str } => "authoritative-language-missing";
        OrganisationUnknown => "organisation-unknown";
        ParticipationNotAssessed { members: String } => "participation-not-assessed";
        NoCreditsForPriorLearning => "evc-no-ects";
        NotADegreeRequired { words: String } => "not-a-degree-required";
        DegreeUnknown => "definition-unknown";
        PreviousUnknown => "definition-unknown";
        EctsRange => "ects-range";
        EctsStep { step: String } => "ects-step";
        GradeFormat => "grade-format";
        ScaleIncomplete { what: Noun } => "grading-scale";
        ScaleReversed => "grading-scale";
        PassOutsideScale => "grading-scale";
        TooFewParts => "parts-required";
        PartUnknown => "part-unknown";
        PartNotADefinition => "part-unknown";
        PartWithoutEcts => "part-without-ects";
        StackEctsMissing => "ects-sum";
        StackEctsSum { expected: String } => "ects-sum";
        StackEctsBetween { least: String, most: String } => "ects-sum";
        StackRuleRange => "range";
        StackRuleUnreachable => "range";
        StackLevel { expected: Vec<u8> } => "level-rule";
        VersionFrozen => "version-frozen";
        LevelsDiffer => "levels-differ";
        EctsBelowUsual { least: String } => "ects-below-usual-range";
        EctsAboveUsual { most: String } => "ects-above-usual-range";
        HoursPerEcts { least: String, most: String } => "hours-per-ects";
        TranslationMissing => "translation-missing";
        EscoNotInRelease { release: String } => "esco-not-in-release";
    }

    /// What the catalogue and the register of an installation hold against a request.
    CatalogueFault {
        AddressMismatch => "address-mismatch";
        ReplacesAddress => "replaces-mismatch";
        DefinitionsRequired { most: usize } => "list-required";
        OwnAddressUnknown => "own-address-unknown";
        DefinitionOutdated => "definition-outdated";
        NameReserved => "name-reserved";
        MandateFrozen => "mandate-frozen";
        SealingIsDecided => "operator-only";
        IdentifierStays => "operator-only";
        NoMandatesToSeal => "operator-only";
        CodeInUse => "vocabulary-code-in-use";
        CodeAddressInUse => "vocabulary-code-in-use";
        RegisteredInFuture => "date-future";
        RegisteredBeforeDecision => "date-order";
        NamesNotAsked => "names-not-asked";
        TooManyNames { most: u64 } => "too-many";
        NothingAfterErasure => "certificate-erased";
        MailOff => "mail-off";
        NobodyToMail => "email-required";
        NotTheHolder => "holder-mismatch";
        PictureNotPng => "picture-format";
        PictureTooLarge { most: usize } => "picture-bytes";
        PictureTooWide { most: u32 } => "picture-pixels";
        PictureDamaged => "picture-damaged";
        PictureCarriesMore => "picture-carries-more";
    }

    /// Frameworks of the register, and what definitions say of them.
    FrameworkFault {
        ReferenceFormat => "framework-unknown";
        Unknown => "framework-unknown";
        OtherVersion => "framework-version";
        CodeUnknown => "framework-code-unknown";
        NameDiffers => "framework-name-differs";
        TextDiffers => "framework-text-differs";
        TranslationRequired => "translation-required";
    }

    /// Tables of outcomes.
    TableFault {
        TooLarge { most: usize } => "too-long";
        TooManyRows { most: usize } => "too-many";
        HeadMissing => "columns-required";
        CodeColumnMissing => "columns-required";
        TextColumnMissing => "columns-required";
        UnknownColumn { row: usize, column: usize, known: String } => "unknown-column";
        DuplicateColumn { row: usize, column: usize } => "duplicate-column";
        TooManyCells { row: usize } => "too-many-cells";
        CellMissing { row: usize, column: &'static str, what: Noun } => "required";
        TextMissing { row: usize } => "required";
        TextOrSkillMissing { row: usize } => "required";
        CodeRepeated { row: usize } => "duplicate-code";
        ValueCount { row: usize, column: &'static str, given: usize, wanted: usize } => "value-count";
        Quotation { row: usize, column: usize } => "quotation";
    }

    /// Batches: what is wrong with the file, whatever its items say.
    BatchFault {
        Encoding => "encoding";
        BrokenLine { byte: usize } => "broken-json";
        MemberTwice { pointer: String } => "duplicate-member";
        NotAnObject => "type";
        LineTooLong { most: usize } => "too-long";
        ItemKeyFormat { most: usize } => "key-format";
        ItemKeyRepeated { first: usize, line: usize } => "duplicate-key";
        NumberRepeated { first: usize, line: usize } => "duplicate-number";
        ColumnRepeated => "duplicate-column";
        PathUnknown => "unknown-column";
        NotYesOrNo => "type";
        CertificateUnknown => "credential-unknown";
        OneSelection => "selection-required";
        ExpectedMissing => "expected-required";
    }

    /// What a list of the register is asked for, in an address or in an export.
    FilterFault {
        Unknown { known: String } => "unknown-field";
        TooMany { most: usize } => "too-many";
        Repeated => "duplicate-name";
        OtherType => "filter-value";
        NotOneOf { known: String } => "filter-value";
        NotADefinition => "filter-value";
        NotAVersion => "filter-value";
        NotAMoment => "filter-value";
        NotADay => "filter-value";
        NotABoolean => "filter-value";
        NotACursor => "filter-value";
        NotALimit { most: usize } => "filter-value";
    }

    /// Endorsements: what another organisation says of a definition or a certificate.
    EndorsementFault {
        TargetRequired => "endorsed-required";
        TwoTargets => "endorsed-ambiguous";
        CredentialUnknown => "credential-unknown";
        EndReasonRequired => "validity-reason-required";
        EndBeforeIssue => "date-order";
    }

    /// Awards: what is asked to be certified.
    AwardFault {
        DefinitionFormat => "definition-unknown";
        DefinitionUnknown => "definition-unknown";
        DefinitionWithdrawn => "definition-withdrawn";
        LearnerRequired => "learner-required";
        CertificateNumberTaken => "certificate-number-taken";
        NotASealer => "not-a-sealer";
        SealerMismatch => "sealer-mismatch";
        ActivityRequired => "activity-required";
        ActivityReversed => "date-order";
        AcademicYear => "academic-year";
        OutcomeMissing => "only-passed";
        OnlyPassed => "only-passed";
        ResultMissing => "only-demonstrated";
        OnlyDemonstrated => "only-demonstrated";
        BasisRequired => "basis-required";
        EndReasonRequired => "validity-reason-required";
        EndBeforeIssue => "date-order";
        DecisionInFuture => "date-future";
        DecisionBeforeEnd => "date-order";
        AppealPeriod { days: u16 } => "appeal-period";
        AppealPeriodUntil { days: u16, first: Date } => "appeal-period";
        AppealPeriodOverridden { days: u16 } => "appeal-period-overridden";
        MandateRequired => "mandate-required";
        MandateUnknown => "mandate-unknown";
        MandateBody => "mandate-body";
        MandateKind => "mandate-kind";
        MandatePeriod => "mandate-period";
        NotAssessed => "participation-not-assessed";
        GradeNotExpected => "grade-not-expected";
        GradeRequired => "grade-required";
        GradeRange => "grade-range";
        GradeBelowPass => "grade-below-pass";
        AssessmentRequired => "assessment-required";
        CompetenceRequired => "competence-required";
        MethodRequired => "assessment-type-required";
        SupervisionRequired => "supervision-required";
        AssessorRequired => "assessor-required";
        GuideStatementRequired => "guide-statement-required";
        GuideDecisionStatementRequired => "guide-statement-required";
        GuideIsAssessor => "guide-is-assessor";
        GuideDecided => "guide-is-assessor";
        UnknownCompetence => "unknown-competence";
        ProficiencyRequired => "proficiency-required";
        ProficiencyNotExpected => "proficiency-not-expected";
        ProficiencyUnknown => "proficiency-unknown";
        ReplacesUnknown => "replaces-unknown";
        ReplacesMismatch => "replaces-mismatch";
        ReplacesNotValid => "replaces-not-valid";
        PartCodeUnknown => "part-unknown";
        PartUnknown => "part-unknown";
        PartHolder => "part-holder";
        PartDefinition { definition: DefinitionRef } => "part-definition";
        PartNotValid => "part-not-valid";
        PartTooOld => "part-too-old";
        StackIncomplete { rule: &'static str, missing: String } => "stack-incomplete";
        StackPart { part: String, definition: DefinitionRef } => "stack-incomplete";
        StackUnmet { rule: &'static str } => "stack-incomplete";
        StackLevel => "level-rule";
    }
}

/// What can be missing or expected; always named with its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is what its name says, in the words of the input")]
pub enum Noun {
    Address,
    Addresses,
    Association,
    Array,
    AwardingBody,
    BasisText,
    Boolean,
    CertificateNumber,
    Choice,
    Code,
    Date,
    Decision,
    Definition,
    FirstDay,
    FrameworkName,
    FrameworkPage,
    FrameworkVersion,
    Genre,
    Homepage,
    Kind,
    Kinds,
    Label,
    Language,
    LastDay,
    Licence,
    Limit,
    Method,
    Name,
    Number,
    Object,
    OrganisationKind,
    Page,
    PartCertificate,
    QualificationCode,
    QualificationName,
    QualificationPage,
    QualityText,
    QualityType,
    Reference,
    RegisterNumber,
    Release,
    Role,
    Rule,
    ScaleBound,
    Scheme,
    Seals,
    ShortName,
    SkillAddress,
    SkillLabel,
    Status,
    String,
    Text,
    Version,
    WholeNumber,
}
