### Batches, as lines of JSON or as a table.

encoding = This is not UTF-8.
    .remedy = Save the file as UTF-8 and send it again.
broken-line = This line is not JSON at byte { $byte } of it.
    .remedy = Give one whole JSON object on each line. The end of the file may be missing.
member-twice = The member { $pointer } is given twice.
    .remedy = Give each member once.
not-an-object = This line is not an object.
    .remedy = Give one JSON object on each line, an award.
line-too-long = This line has more than { $most } bytes.
    .remedy = Give one award on each line.
key-format = This is not a key of an item.
    .remedy = Give a text of 1 to { $most } characters without control characters. It need not and should not tell who it is about.
key-repeated = The key stands in this batch twice: in line { $first } and in line { $line }.
    .remedy = Give each item a key of its own, or leave the keys out: then the number of the line is the key.
number-repeated = The certificate number stands in this batch twice: in line { $first } and in line { $line }.
    .remedy = Give each certificate its own number.
column-repeated = Two columns lead to this member.
    .remedy = Let one column lead there; give the other to - when it is to be passed over.
path-unknown = This is not a member of an award.
    .remedy = Name a member as learner.email or competences.1.code, or - for a column that is to be passed over.
not-yes-or-no = This is neither true nor false.
    .remedy = Write true or false, or leave the cell empty.
not-this-issuers = There is no published definition of this name.
    .remedy = Name it as issuer/slug/version.
