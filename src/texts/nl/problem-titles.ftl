### What a kind of problem is called, the same for every occurrence.

bad-request = De aanvraag is niet te begrijpen
broken-json = De inhoud is geen JSON
unauthorized = Er is een geldig token nodig
insufficient-scope = Het token geeft dit recht niet
closed-by-holder = De houder houdt deze pagina gesloten
not-found = Zoiets is hier niet
method-not-allowed = Deze methode gebruiken we hier niet
released-immutable = Een vrijgegeven bewijs verandert niet
not-acceptable = Niet beschikbaar in dit mediatype
timeout = De aanvraag kwam niet op tijd aan
request-in-flight = Dezelfde aanvraag is in behandeling
idempotency-mismatch = De Idempotency-Key werd met een andere aanvraag gebruikt
revocation-final = Een herroeping is niet ongedaan te maken
suspension-not-enabled = Dit bewijs kan niet geschorst worden
conflict = Het spreekt tegen wat vastligt
issuer-closed = De uitreiker is gesloten
version-frozen = Deze versie is al gepubliceerd met een andere inhoud
not-erased = Het bewijs is niet gewist
retained = De bewaartermijn is niet voorbij
certificate-erased = Waartoe deze aanvraag leidde, is gewist
too-large = De inhoud is te groot
unsupported-media-type = De inhoud heeft een ander mediatype
invalid-request = De aanvraag schendt een of meer regels
internal = Er ging bij ons iets mis
busy = Er wacht te veel werk
unavailable = De dienst kan dit nu niet
