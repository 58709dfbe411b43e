### What to do.

ask-for-the-file = Demandez au titulaire ou à l’émetteur le fichier lui-même : JSON, jeton, ou une image ou un PDF qui le contient.
ask-for-the-original = Ne vous fiez pas à cette version. Demandez au titulaire le fichier d’origine ou le lien.
ask-for-a-presentation = Demandez au titulaire de présenter lui-même l’attestation, en réponse à votre demande.
ask-the-issuer-for-another = Demandez à l’émetteur une attestation qui suit la norme.
try-another-verifier = Vérifiez-la aussi avec un autre vérificateur, ou demandez à l’émetteur.
contact-the-issuer = Ne vous fiez pas à cette attestation. Contactez l’émetteur à une adresse que vous cherchez vous-même.
try-later = Réessayez plus tard. En cas d’échec, demandez à l’émetteur.
ask-for-a-newer = Demandez s’il existe une attestation plus récente. Jugez vous-même si le contenu est encore actuel.
wait-for-the-start = Vérifiez à nouveau à partir de la date de début.
do-not-use = N’utilisez pas cette attestation. Pour toute question, adressez-vous à l’émetteur.
see-the-successor = Consultez la nouvelle version, ou demandez-la au titulaire.
ask-again-later = Vérifiez à nouveau plus tard ; une suspension peut être levée.
ask-the-issuer-for-the-status = Pour en être certain, demandez à l’émetteur si elle est toujours valable.
look-at-each = Examinez séparément chaque attestation de ce fichier.
find-out-who-it-is = Vérifiez vous-même qui est cet émetteur, par une voie qui ne vient pas de lui.
ask-why-not-recognised = Renseignez-vous sur l’émetteur au jour de la délivrance, et jugez si cela vous suffit.
keep-the-day-of-issue = Pour cette attestation, c’est le jour de la délivrance qui compte. Soyez prudent avec de nouvelles attestations de cet émetteur.
leave-the-endorsement-out = Ne tenez pas compte de cette déclaration. L’attestation elle-même n’en dépend pas.
ask-for-the-mandate = Demandez à l’organisme qui a octroyé l’attestation s’il l’a fait sceller.
ask-for-what-is-missing = Demandez à l’émetteur ce qui manque.
look-at-the-parts = Demandez les parties au titulaire et vérifiez chacune d’elles.
ask-for-identity = Demandez une pièce d’identité, et si une autre adresse a été utilisée.
compare-the-holder = Saisissez l’adresse électronique du titulaire pour la comparer, ou demandez une pièce d’identité.
not-for-use = Ceci sert à des essais. Demandez une vraie attestation.
solve-what-is-above = Il faut d’abord régler ce qui n’est pas en ordre ci-dessus.
