### The name of a check.

conformance = Opbouw
verification-method = Sleutel van de uitgever
proof = Inhoud
validity-period = Datums
status = Status
related-resource = Bijlagen
contained = Inhoud van de bundel
issuer-recognised = Uitgever
issuer-recognised-today = Uitgever vandaag
endorsements = Ondersteuning
mandate = Opdracht
completeness = Volledigheid
parts = Onderdelen
recipient = Houder
test = Testbewijs
