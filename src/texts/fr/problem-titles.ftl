### What a kind of problem is called, the same for every occurrence.

bad-request = La demande est incompréhensible
broken-json = Le corps n’est pas du JSON
unauthorized = Un jeton valable est nécessaire
insufficient-scope = Le jeton ne donne pas ce droit
closed-by-holder = Le titulaire garde cette page fermée
not-found = Rien de tel ici
method-not-allowed = Cette méthode ne s’emploie pas ici
released-immutable = Une attestation publiée ne change pas
not-acceptable = Pas disponible dans ce type de média
timeout = La demande n’est pas arrivée à temps
request-in-flight = La même demande est en cours de traitement
idempotency-mismatch = L’Idempotency-Key a servi pour une autre demande
revocation-final = Une révocation est définitive
suspension-not-enabled = Cette attestation ne peut pas être suspendue
conflict = Cela contredit ce qui est enregistré
issuer-closed = L’émetteur a cessé ses activités
version-frozen = Cette version est déjà publiée avec un autre contenu
not-erased = L’attestation n’a pas été effacée
retained = Le délai de conservation n’est pas écoulé
certificate-erased = Ce à quoi cette demande a mené a été effacé
too-large = Le corps est trop grand
unsupported-media-type = Le corps est d’un autre type de média
invalid-request = La demande enfreint une ou plusieurs règles
internal = Quelque chose a échoué de notre côté
busy = Trop de travail est en attente
unavailable = Le service ne peut pas le faire maintenant
