//! Tables of outcomes, as spreadsheets write them.

faults! {
    TableFault in "faults-table":
    TooLarge { most };
    TooManyRows { most };
    HeadMissing;
    CodeColumnMissing;
    TextColumnMissing;
    UnknownColumn { row, column, known };
    DuplicateColumn { row, column };
    TooManyCells { row };
    CellMissing { row, column, what };
    TextMissing { row };
    TextOrSkillMissing { row };
    CodeRepeated { row };
    ValueCount { row, column, given, wanted };
    Quotation { row, column };
}
