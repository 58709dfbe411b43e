### The name of a check.

conformance = Structure
verification-method = Clé de l’émetteur
proof = Contenu
validity-period = Dates
status = État
related-resource = Annexes
contained = Contenu du lot
issuer-recognised = Émetteur
issuer-recognised-today = Émetteur aujourd’hui
endorsements = Soutiens
mandate = Mandat
completeness = Exhaustivité
parts = Parties
recipient = Titulaire
test = Attestation de test
