//! Frameworks of the register, and what definitions say of them (guide, section 10).

faults! {
    FrameworkFault in "faults-framework":
    ReferenceFormat;
    Unknown;
    OtherVersion;
    CodeUnknown;
    NameDiffers;
    TextDiffers;
    TranslationRequired;
}
