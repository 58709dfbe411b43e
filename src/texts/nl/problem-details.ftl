### What a problem's detail says.

body-ended = De inhoud brak te vroeg af.
most-bytes = We nemen hoogstens { $limit } bytes aan.
no-content-encoding = Content-Encoding nemen we hier niet aan. Stuur de inhoud zoals hij is, zonder.
media-types = We nemen hier aan: { $types }.
scope-needed = Het recht { $scope } is nodig.
idempotency-key-format = Geef Idempotency-Key één keer, met 1 tot { $most } zichtbare ASCII-tekens.
json-syntax = Dit is geen JSON bij byte { $offset }.
json-duplicate = Het veld { $pointer } staat er twee keer (byte { $offset }).
json-too-deep = Bij { $pointer } is het meer dan { $limit } niveaus diep genest.
json-inexact = Het geheel getal bij { $pointer } past niet precies in een double.
version-frozen-at = Bij { $places }.
limit-range = limit is een geheel getal van 1 tot { $most }.
cursor-unknown = after is een cursor die een antwoord van deze lijst als next gaf.
parameters-refused = Deze parameters van het adres nemen we niet aan: { $names }.
name-taken = Deze naam is in deze installatie in gebruik. Kies een andere.
no-token-key = De uitgever { $issuer } heeft geen actieve sleutel voor { $algorithm }-tokens. Neem een andere vorm, of vraag de beheerder: { $command }.
form-fields = Dit formulier heeft hoogstens deze velden, elk één keer en hoogstens 1024 bytes lang: { $names }. Een bestand of tekst hoort erbij.
form-unreadable = Het formulier is niet te lezen.
