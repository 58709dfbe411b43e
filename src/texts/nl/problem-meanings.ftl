### What a kind of problem means and what to do about it.

bad-request = Een header of een deel van het adres klopt niet. Het detail zegt welk.
broken-json = De inhoud is geen welgevormde JSON, herhaalt een veld of is te diep genest. Het detail zegt waar. Er is niets gedaan.
unauthorized = Stuur `Authorization: Bearer` met een token van deze installatie dat niet ingetrokken is.
insufficient-scope = Het token is geldig, maar de client mist het recht dat het detail noemt.
closed-by-holder = De houder beslist wie een bewijs ziet. Vraag de houder om het te openen, of om het bestand.
not-found = Het adres is onbekend, of wat het noemde is er niet, of niet voor deze client. Die gevallen krijgen met opzet hetzelfde antwoord.
method-not-allowed = De header Allow noemt de methoden van dit adres.
released-immutable = Ondertekende bytes geven we zoals ze vrijgegeven zijn. Reik een verbetering uit, die het bewijs vervangt, of verander de status.
not-acceptable = Geen van de mediatypes in Accept is hier beschikbaar, of de uitgever heeft geen sleutel voor het gevraagde token. Het detail zegt wat je kunt doen.
timeout = De inhoud kwam te traag binnen. Er is niets gedaan. Stuur hem opnieuw.
request-in-flight = Een aanvraag met deze Idempotency-Key loopt nog. Probeer opnieuw na Retry-After; het antwoord is dan hetzelfde bewijs.
idempotency-mismatch = Een sleutel hoort bij één aanvraag. Gebruik een nieuwe sleutel voor een andere inhoud.
revocation-final = Het bewijs is herroepen of vervangen: `state` zegt welk van beide, `stateSince` sinds wanneer. Zo is het ook na een herroeping die opnieuw gestuurd is. Een verkeerde herroeping herstel je door een opvolger uit te reiken.
suspension-not-enabled = Het heeft geen vermelding voor schorsing, omdat de uitgever schorsing niet had aangezet. Anderen die controleren, zouden een schorsing niet zien.
conflict = De toestand is niet wat de aanvraag veronderstelt. Lees de beheerweergave en beslis dan.
issuer-closed = Sinds de sluiting wordt niets meer uitgereikt en verandert geen status meer. Wie de bewijzen bewaart, staat op de pagina van de uitreiker.
version-frozen = Wat onder een versie gepubliceerd is, verandert nooit, omdat bewijzen ernaar verwijzen. Publiceer de wijziging als een nieuwe versie.
not-erased = Alleen wat eerst gewist is, kan daarna opgeruimd worden. Wis het eerst.
retained = `retainedUntil` is de eerste dag waarop de rest weg mag. Voor die dag is er een reden nodig.
certificate-erased = De Idempotency-Key leidde tot een bewijs waarvan de gegevens op vraag gewist zijn. Het wordt niet gegeven en niet opnieuw uitgereikt. Gebruik voor een andere toekenning een nieuwe sleutel.
too-large = Het detail zegt hoeveel bytes we aannemen.
unsupported-media-type = Het detail noemt de mediatypes die we hier aannemen, of de Content-Encoding die we niet aannemen.
invalid-request = Elk element van `errors` noemt het veld, de regel, wat er fout is en wat je kunt doen. Alle fouten staan er samen. Er is niets ondertekend of vastgelegd.
internal = Met het nummer van de aanvraag vindt de beheerder de oorzaak in het logboek.
busy = Probeer opnieuw na Retry-After, met dezelfde Idempotency-Key.
unavailable = De opslag of de sleutels zijn niet beschikbaar. Probeer opnieuw na Retry-After, met dezelfde Idempotency-Key: dan staat vast of de aanvraag vastgelegd is.
