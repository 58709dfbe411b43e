### The name of a check.

conformance = Structure
verification-method = Issuer’s key
proof = Content
validity-period = Dates
status = Status
related-resource = Attachments
contained = Contents of the bundle
issuer-recognised = Issuer
issuer-recognised-today = Issuer today
endorsements = Endorsements
mandate = Mandate
completeness = Completeness
parts = Parts
recipient = Holder
test = Test certificate
