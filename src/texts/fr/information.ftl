### A text of the pages that explain.

## The pages among one another

run-by = Ce site est géré par { $name }.

## How we check

about-title = Comment nous vérifions
about-lead = Chaque fois que vous ouvrez une attestation ou vérifiez un fichier, nous revérifions tout. Nous n’affichons jamais un ancien verdict.
about-checks = Ce qui détermine le verdict
about-checks-help = Nous disons qu’une attestation est authentique et valable seulement si tout ceci est en ordre ou sans objet.
about-conformance = Le fichier suit-il la norme Open Badges 3.0 ?
about-key = La clé qui a scellé l’attestation appartient-elle à cet émetteur ?
about-content = Rien n’a-t-il changé depuis le scellement, pas même une lettre ?
about-dates = La date du jour se situe-t-elle après la date de début et avant la date de fin, s’il y en a ?
about-status = L’émetteur a-t-il retiré, remplacé ou suspendu l’attestation ?
about-attachments = Les annexes sont-elles encore les mêmes ?
about-bundle = Chaque attestation d’un lot est-elle elle-même authentique et valable ?
about-informing = Ce qui informe en plus
about-informing-help = Ceci ne change pas la question de l’authenticité, mais peut compter pour votre décision. Si nous ne connaissons pas l’émetteur ou s’il s’agit d’un test, le verdict le dit.
about-issuer = Cet émetteur était-il connu ici le jour de la délivrance ?
about-issuer-today = Cet émetteur est-il connu ici aujourd’hui ?
about-endorsements = Les déclarations de ceux qui soutiennent cette attestation sont-elles correctes ?
about-mandate = L’organisme qui a scellé l’attestation pouvait-il le faire pour celui qui l’a octroyée ?
about-completeness = Tout ce que ce type d’attestation doit mentionner y figure-t-il ?
about-parts = Les attestations sur lesquelles celle-ci repose sont-elles encore valables ?
about-recipient = L’adresse que vous saisissez correspond-elle à cette attestation ?
about-test = Est-ce une attestation de test ?
about-outcomes = Cinq résultats possibles
about-pass = Nous l’avons vérifié et c’est bon.
about-fail = Nous l’avons vérifié et ce n’est pas bon.
about-indeterminate = Nous n’avons pas pu le vérifier, par exemple parce qu’un autre site ne répondait pas. Nous ne le montrons jamais comme bon.
about-not-applicable = Cette attestation n’en a pas, par exemple pas de date de fin.
about-not-run = Une erreur précédente a rendu ce contrôle inutile.
about-limits = Ce qu’une signature ne dit pas
about-limit-care = Une signature montre qui a scellé quel texte. Elle ne dit pas si l’évaluation a été menée avec soin. Lisez donc qui a jugé, comment et sur quelle base.
about-limit-person = Elle ne dit pas que la personne devant vous est le titulaire. Demandez une pièce d’identité si c’est important.
about-limit-today = Elle ne dit pas ce que la personne sait encore faire aujourd’hui. L’attestation porte sur le moment de la décision.
about-limit-right = Elle ne donne droit ni à une dispense, ni à une admission, ni à une prime. D’autres en décident.
about-not-done = Ce que nous ne faisons pas
about-not-done-judge = Nous ne jugeons pas les personnes. L’établissement décide ; nous scellons, conservons et vérifions.
about-not-done-record = Nous n’enregistrons pas qui vérifie quelle attestation.
about-elsewhere = Vérifier ailleurs
about-elsewhere-file = Conservez le fichier signé. Tout programme qui vérifie Open Badges 3.0 selon la norme peut le contrôler, même sans ce site.
about-elsewhere-status = Seul l’état demande l’adresse indiquée dans le fichier. Si elle n’existe plus, le contenu reste vérifiable et l’état est inconnu.
about-elsewhere-developers = Pour les développeurs : la vérification existe aussi comme API et comme programme à utiliser sur votre propre ordinateur.

## What a status means

states-title = Ce que signifie l’état
states-lead = Une phrase figure en haut de chaque attestation. Voici ce qu’elle signifie et ce que vous pouvez faire.
state-valid = Authentique et valable
state-valid-meaning = L’émetteur a scellé ceci, rien n’a changé et rien n’a été retiré ni suspendu.
state-valid-action = Lisez ce que la personne sait faire et comment cela a été évalué.
state-unsure = Tout n’a pas pu être vérifié
state-unsure-meaning = Nous n’avons pas trouvé d’erreur, mais un élément n’était pas vérifiable, par exemple l’état.
state-unsure-action = Ne considérez pas encore l’attestation comme confirmée. Réessayez plus tard ou demandez à l’émetteur.
state-wrong = Le contenu ne correspond pas à la signature
state-wrong-meaning = Quelqu’un a modifié quelque chose, ou cet émetteur n’a pas scellé ceci.
state-wrong-action = Ne vous fiez pas à cette attestation. Demandez au titulaire le fichier d’origine ou le lien.
state-suspended = Suspendue
state-suspended-meaning = L’attestation ne peut temporairement pas être utilisée, par exemple parce qu’un recours est en cours. Cela ne préjuge de rien.
state-suspended-action = Vérifiez à nouveau plus tard. Une suspension peut être levée.
state-revoked = Retirée
state-revoked-meaning = L’émetteur ne soutient plus cette attestation. C’est définitif. Nous n’affichons pas la raison.
state-revoked-action = N’utilisez pas cette attestation. Pour toute question, adressez-vous à l’émetteur.
state-superseded = Remplacée
state-superseded-meaning = Il existe une version plus récente, par exemple pour corriger une faute de frappe. Ce n’est pas un reproche.
state-superseded-action = Consultez la nouvelle version, ou demandez-la au titulaire.
state-expired = Date de fin dépassée
state-expired-meaning = L’attestation est authentique, mais l’émetteur lui a donné une date de fin, qui est dépassée.
state-expired-action = Demandez s’il existe une attestation plus récente. Jugez vous-même si le contenu est encore actuel.
state-early = Pas encore commencée
state-early-meaning = L’attestation est authentique, mais n’est valable qu’à partir d’un jour ultérieur.
state-early-action = Vérifiez à nouveau à partir de la date de début.
state-unknown-issuer = Émetteur inconnu
state-unknown-issuer-meaning = La signature est correcte, mais nous ne savons pas qui est cet émetteur. Tout le monde peut créer un émetteur au nom flatteur.
state-unknown-issuer-action = Vérifiez vous-même qui il est, par une voie qui ne vient pas de lui.
state-test = Test
state-test-meaning = L’attestation sert à des essais. Elle n’a aucune valeur.
state-test-action = Demandez une vraie attestation.
state-closed = Fermée par le titulaire
state-closed-meaning = Le titulaire décide qui voit l’attestation et garde la page fermée pour l’instant. Cela ne dit rien de l’attestation.
state-closed-action = Demandez au titulaire d’ouvrir la page, de vous donner un lien ou le fichier.
state-gone = Pas disponible
state-gone-meaning = Cette adresse ne montre rien : elle n’existe pas, le lien est expiré ou arrêté, ou les données ont été effacées. Nous ne disons volontairement pas laquelle de ces raisons.
state-gone-action = Demandez un nouveau lien au titulaire.

## What it is worth

worth-title = Ce que vaut votre attestation
worth-lead = Une attestation n’ouvre pas les portes toute seule. Mais elle donne aux autres les faits pour décider vite.
worth-states = Ce qu’elle dit
worth-states-what = Ce que vous savez faire, à quel niveau, et le temps ou les crédits correspondants.
worth-states-how = Qui l’a évalué, comment et sur quelle base.
worth-states-who = Quel établissement l’a octroyée, et quand.
worth-states-genuine = Qu’elle est authentique. Chacun peut le vérifier, gratuitement et sans compte.
worth-not = Ce qu’elle ne donne pas
worth-not-exemption = Pas de dispense automatique. Chaque formation en décide elle-même.
worth-not-diploma = Pas de diplôme ni de grade.
worth-not-right = Pas de droit à un emploi, un salaire, une prime ou une admission.
worth-not-expiry = Sans date de fin, l’attestation reste valable. La personne qui la lit décide si le contenu est encore actuel.
worth-exemption = Comment demander une dispense
worth-exemption-find = Cherchez sur le site de la formation comment et jusqu’à quand demander une dispense. Faites-le avant l’inscription ou peu après.
worth-exemption-send = Joignez le lien de votre attestation, ou le fichier. Ouvrez d’abord la page, sinon personne ne voit rien.
worth-exemption-say = Dites pour quel cours vous demandez une dispense, et quelles compétences de votre attestation y correspondent.
worth-exemption-answer = Votre demande est refusée ? Demandez pourquoi, et comment introduire un recours.
worth-employer = Chez un employeur
worth-employer-show = Donnez le lien ou montrez le code QR. Votre employeur voit tout de suite si l’attestation est authentique et ce que vous savez faire.
worth-employer-choose = Vous ne devez pas tout montrer. Sur votre propre page, vous créez un lien avec seulement les compétences choisies.
worth-keep = Conserver
worth-keep-file = Conservez le fichier à deux endroits. Il reste vérifiable, même si ce site n’existe plus.
worth-keep-wrong = Il y a une erreur ? Demandez une correction à l’établissement. Vous recevrez une nouvelle attestation qui remplace l’ancienne.

## Privacy

privacy-title = Ce que nous conservons ou non
privacy-lead = Ce site n’utilise pas de cookies et ne suit personne.
privacy-visitors = Quand vous consultez ou vérifiez
privacy-visitors-file = Nous ne conservons ni le fichier ni l’adresse électronique que vous donnez pour vérifier.
privacy-visitors-log = Le journal de ce service indique quel type de page a été demandé et en combien de temps, mais ni l’attestation concernée, ni votre adresse internet.
privacy-visitors-nothing = Les pages ne chargent rien d’autres sites.
privacy-holders = Si vous avez une attestation
privacy-holders-document = Nous conservons l’attestation signée, avec tout son contenu, et quand elle a été délivrée, modifiée ou remplacée.
privacy-holders-address = Votre adresse électronique n’est pas lisible sur l’attestation. Si nous vous envoyons un message, nous gardons l’adresse protégée jusqu’à l’envoi.
privacy-holders-consent = Nous conservons quand votre propre page a été ouverte pour la première fois, quand vous avez ouvert ou fermé votre attestation, et quels liens vous avez créés. Vous pouvez ainsi revenir sur vos choix.
privacy-holders-not = Nous ne recevons ni portfolio, ni numéro national, ni date de naissance, ni photo.
privacy-shared = Qui voit quoi
privacy-shared-page = Si la page est fermée, personne ne voit rien, même avec le code QR. Si elle est ouverte, toute personne qui a le lien voit tout le contenu de l’attestation.
privacy-shared-search = Nous demandons aux moteurs de recherche de ne pas reprendre les pages. L’aperçu d’un lien ne montre jamais votre nom.
privacy-shared-status = Pour vérifier l’état, on télécharge une longue liste. Elle ne révèle pas de quelle attestation il s’agissait.
privacy-concerns = Si vous signalez un problème
privacy-concerns-kept = Votre signalement et l’adresse que vous indiquez vont à l’établissement qui a délivré l’attestation. Nous comptons brièvement les signalements pour éviter les abus.
privacy-rights = Vos droits
privacy-rights-ask = L’établissement qui a délivré votre attestation décide de vos données. Demandez-lui l’accès, la correction ou l’effacement.
privacy-rights-erase = Après un effacement, ce site ne montre plus rien de votre attestation. Le fichier que vous conservez reste vérifiable.
privacy-operator = Le texte de confidentialité du gestionnaire

## Accessibility

accessibility-title = Accessibilité
accessibility-lead = Tout le monde doit pouvoir utiliser ces pages. Notre objectif est WCAG 2.2, niveau AA.
accessibility-tested = Ce qui a été testé
accessibility-tested-how = Les concepteurs testent les pages automatiquement dans un navigateur, en trois langues, sur écran étroit et large :
accessibility-tested-keyboard = tout est accessible au clavier, et l’on voit où l’on est ;
accessibility-tested-zoom = le texte agrandi deux fois tient encore à l’écran ;
accessibility-tested-axe = le programme axe-core ne trouve pas d’erreur WCAG 2.2 AA, comme un contraste insuffisant ou un champ sans nom ;
accessibility-tested-scripts = les pages fonctionnent sans scripts.
accessibility-untested = Ce qui n’a pas été testé
accessibility-untested-people = Les concepteurs n’ont pas testé avec des personnes en situation de handicap, ni avec chaque lecteur d’écran.
accessibility-untested-audit = Il n’y a pas eu d’audit indépendant. Les tests automatiques ne trouvent pas tout.
accessibility-untested-texts = Nous ne pouvons pas vérifier ce qu’un établissement écrit lui-même sur une attestation. Parfois, le texte n’existe qu’en une langue.
accessibility-operator = Déclaration du gestionnaire
accessibility-contact = Signaler un problème
accessibility-contact-how = Quelque chose ne fonctionne pas pour vous ? Faites-le savoir. Dites sur quelle page et avec quel outil. Vous pouvez aussi demander l’information sous une autre forme.
accessibility-contact-none = Le gestionnaire de ce site n’a pas encore indiqué d’adresse de contact. Contactez l’établissement qui a délivré l’attestation.
contact-by-mail = Écrire à { $address }
contact-by-page = Page de contact du gestionnaire
