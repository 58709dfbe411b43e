### What a list of the register is asked for, in an address or in an export.

unknown = Not known here; known are { $known }.
    .remedy = Correct the name, or leave it out.
too-many = At most { $most } are taken.
    .remedy = Leave the others out.
repeated = This is given twice.
    .remedy = Give it once.
not-one-of = This is not one of { $known }.
    .remedy = Correct it, or leave it out.
not-a-limit = This is not a number from 1 to { $most }.
    .remedy = Correct it, or leave it out.
not-a-definition = This is not the name of a definition in addresses.
    .remedy = Correct it, or leave it out.
not-a-version = This is not a version of a definition.
    .remedy = Correct it, or leave it out.
not-a-moment = This is not a day (2026-01-31) or a moment (2026-01-31T12:00:00Z).
    .remedy = Correct it, or leave it out.
not-a-day = This is not a day such as 2026-01-31.
    .remedy = Correct it, or leave it out.
not-a-boolean = This is not true or false.
    .remedy = Correct it, or leave it out.
not-a-cursor = This is not a cursor that an answer gave as next.
    .remedy = Correct it, or leave it out.
other-type = This is of another type.
    .remedy = Correct it, or leave it out.
