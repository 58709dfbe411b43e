//! What a list of the register is asked for, in an address or in an export.

faults! {
    FilterFault in "faults-filter":
    Unknown { known };
    TooMany { most };
    Repeated;
    NotOneOf { known };
    NotALimit { most };
    NotADefinition;
    NotAVersion;
    NotAMoment;
    NotADay;
    NotABoolean;
    NotACursor;
    OtherType;
}
