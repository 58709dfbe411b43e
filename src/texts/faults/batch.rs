//! Batches, as lines of JSON or as a table.

faults! {
    BatchFault in "faults-batch":
    Encoding;
    BrokenLine { byte };
    MemberTwice { pointer };
    NotAnObject;
    LineTooLong { most };
    KeyFormat { most };
    KeyRepeated { first, line };
    NumberRepeated { first, line };
    ColumnRepeated;
    PathUnknown;
    NotYesOrNo;
    NotThisIssuers;
}
