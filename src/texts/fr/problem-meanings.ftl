### What a kind of problem means and what to do about it.

bad-request = Un en-tête ou une partie de l’adresse est incorrect. Le détail dit lequel.
broken-json = Le corps n’est pas du JSON bien formé, répète un champ ou est trop imbriqué. Le détail dit où. Rien n’a été fait.
unauthorized = Envoyez `Authorization: Bearer` avec un jeton de cette installation qui n’est pas révoqué.
insufficient-scope = Le jeton est valable, mais le client n’a pas le droit que le détail nomme.
closed-by-holder = Le titulaire décide qui voit une attestation. Demandez-lui de l’ouvrir, ou le fichier.
not-found = L’adresse est inconnue, ou ce qu’elle nommait n’est pas disponible, ou pas pour ce client. Ces cas reçoivent volontairement la même réponse.
method-not-allowed = L’en-tête Allow énumère les méthodes de cette adresse.
released-immutable = Les octets signés sont servis tels qu’ils ont été publiés. Délivrez une correction, qui remplace l’attestation, ou changez son état.
not-acceptable = Aucun des types de média d’Accept n’est offert ici, ou l’émetteur n’a pas de clé pour le jeton demandé. Le détail dit que faire.
timeout = Le corps est arrivé trop lentement. Rien n’a été fait. Renvoyez-le.
request-in-flight = Une demande avec cette Idempotency-Key est en cours. Réessayez après Retry-After ; la réponse sera la même attestation.
idempotency-mismatch = Une clé désigne une seule demande. Employez une nouvelle clé pour un autre corps.
revocation-final = L’attestation est révoquée ou remplacée : `state` dit laquelle des deux, `stateSince` depuis quand. Il en est ainsi aussi après une révocation renvoyée. Une révocation erronée se répare en délivrant une attestation qui succède.
suspension-not-enabled = Elle ne porte pas d’entrée de suspension, car son émetteur n’avait pas activé la suspension. Les autres vérificateurs ne verraient pas une suspension.
conflict = L’état n’est pas celui que la demande suppose. Lisez la vue de gestion, puis décidez.
issuer-closed = Depuis la fermeture, rien n’est plus délivré et aucun statut ne change. La page de l’émetteur indique qui conserve les attestations.
version-frozen = Ce qui est publié sous une version ne change jamais, car des attestations y renvoient. Publiez la modification comme nouvelle version.
not-erased = Seul ce qui a d’abord été effacé peut être purgé. Effacez-la d’abord.
retained = `retainedUntil` est le premier jour où le reste peut être purgé. Avant ce jour, il faut une raison.
certificate-erased = L’Idempotency-Key a mené à une attestation dont les données ont été effacées sur demande. Elle n’est ni donnée ni délivrée à nouveau. Pour une autre demande, employez une nouvelle clé.
too-large = Le détail dit combien d’octets sont acceptés.
unsupported-media-type = Le détail énumère les types de média acceptés ici, ou nomme le Content-Encoding qui ne l’est pas.
invalid-request = Chaque élément d’`errors` nomme le champ, la règle, ce qui ne va pas et que faire. Toutes les fautes y sont à la fois. Rien n’a été signé ni enregistré.
internal = Le numéro de la demande mène l’exploitant à la cause dans son journal.
busy = Réessayez après Retry-After, avec la même Idempotency-Key.
unavailable = Le stockage ou les clés ne sont pas disponibles. Réessayez après Retry-After, avec la même Idempotency-Key : on saura alors si la demande a été enregistrée.
