### A text about an institution that closed.

kept = { $keeper } conserve les données de cet établissement depuis le { $since }.
kept-status = L’établissement qui a délivré cette attestation a fermé. { $keeper } répond à sa place. Le dernier état connu date du { $date }.
closed = Cet établissement a fermé le { $date }. Il ne délivre plus rien.
stays = Ce qu’il a délivré reste vérifiable : demandez le fichier au titulaire.
keeper = Conservé par
last-status = Dernier état
certificates = Attestations au registre
check = Vérifier un fichier
