### What a problem's detail says.

body-ended = Le corps s’est interrompu trop tôt.
most-bytes = Au plus { $limit } octets sont acceptés.
no-content-encoding = Content-Encoding n’est pas accepté ici. Envoyez le corps tel quel, sans lui.
media-types = Acceptés ici : { $types }.
scope-needed = Le droit { $scope } est nécessaire.
idempotency-key-format = Donnez Idempotency-Key une fois, en 1 à { $most } caractères ASCII visibles.
json-syntax = Ce n’est pas du JSON à l’octet { $offset }.
json-duplicate = Le champ { $pointer } figure deux fois (octet { $offset }).
json-too-deep = À { $pointer }, l’imbrication dépasse { $limit } niveaux.
json-inexact = L’entier à { $pointer } ne tient pas exactement dans un double.
version-frozen-at = À { $places }.
limit-range = limit est un nombre entier de 1 à { $most }.
cursor-unknown = after est un curseur qu’une réponse de cette liste a donné comme next.
parameters-refused = Ces paramètres de l’adresse ne sont pas acceptés : { $names }.
name-taken = Ce nom est utilisé dans cette installation. Choisissez-en un autre.
no-token-key = L’émetteur { $issuer } n’a pas de clé active pour les jetons { $algorithm }. Prenez une autre forme, ou demandez à l’exploitant : { $command }.
form-fields = Ce formulaire a au plus ces champs, chacun une fois et d’au plus 1024 octets : { $names }. Un fichier ou un texte est requis.
form-unreadable = Le formulaire est illisible.
