### A text about reports of concerns.

heading = Signaler un problème avec cette attestation
lead = Quelque chose ne va pas avec cette attestation ? Écrivez-le ici. Votre signalement va à l’émetteur de l’attestation, avec son numéro. Vous n’avez pas besoin de compte.
kind-legend = De quoi s’agit-il ?
not-genuine = Je pense que cette attestation est fausse
wrong-content = Son contenu est inexact
misuse = Quelqu’un en fait mauvais usage, par exemple avec l’attestation d’une autre personne
other = Autre chose
text-label = Que se passe-t-il ?
text-help = { $most } caractères au plus. N’écrivez pas plus que nécessaire sur des personnes.
contact-label = Comment l’émetteur peut-il vous joindre ? (facultatif)
contact-help = Une adresse e-mail ou un numéro de téléphone. Sans cela, l’émetteur ne peut pas vous répondre.
trap = Laissez ce champ vide
button = Envoyer le signalement
faults-heading = Votre signalement n’est pas encore envoyé
kind-missing = Choisissez de quoi il s’agit.
text-missing = Écrivez ce qui se passe.
text-too-long = Votre texte est trop long : { $most } caractères au plus.
contact-too-long = Ce que vous avez écrit pour vous joindre est trop long : { $most } caractères au plus.
characters = Il s’y trouve des caractères que nous ne pouvons pas conserver.
received-title = Votre signalement est envoyé
received = L’émetteur de l’attestation peut maintenant lire votre signalement.
what-follows = L’émetteur décide de la suite. Votre signalement ne change rien à l’attestation.
back-to-certificate = Retour à l’attestation
link-text = Signaler un problème avec cette attestation
too-many-title = Trop de signalements
too-many = Trop de signalements sont arrivés en peu de temps. Réessayez dans une heure.
