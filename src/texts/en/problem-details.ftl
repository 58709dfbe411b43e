### What a problem's detail says.

body-ended = The body ended early.
most-bytes = At most { $limit } bytes are taken.
no-content-encoding = Content-Encoding is not taken here. Send the body as it is, without it.
media-types = Taken here: { $types }.
scope-needed = The scope { $scope } is needed.
idempotency-key-format = Idempotency-Key is given once, as 1 to { $most } visible ASCII characters.
json-syntax = This is not JSON at byte { $offset }.
json-duplicate = The member { $pointer } is given twice (byte { $offset }).
json-too-deep = Nested more than { $limit } levels at { $pointer }.
json-inexact = The integer at { $pointer } is not exact as a double.
version-frozen-at = At { $places }.
limit-range = limit is a whole number from 1 to { $most }.
cursor-unknown = after is a cursor that an answer of this list gave as next.
parameters-refused = Parameters of the address cannot be taken: { $names }.
name-taken = The name is in use in this installation. Choose another one.
no-token-key = The issuer { $issuer } has no active key for { $algorithm } tokens. Take another form, or ask the operator: { $command }.
form-fields = This form has at most these fields, each once and at most 1024 bytes long: { $names }. A file or a text belongs to it.
form-unreadable = The form cannot be read.
