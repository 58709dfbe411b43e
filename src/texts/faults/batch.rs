//! Batches, as lines of JSON or as a table.

faults! {
    BatchFault in "faults-batch":
    Encoding;
    BrokenLine { byte };
    MemberTwice { pointer };
    NotAnObject;
    LineTooLong { most };
    ItemKeyFormat { most };
    ItemKeyRepeated { first, line };
    NumberRepeated { first, line };
    ColumnRepeated;
    PathUnknown;
    NotYesOrNo;
    CertificateUnknown;
    OneSelection;
    ExpectedMissing;
}
