### Organisations and their settings.

legal-name-required = De officiële naam ontbreekt.
    .remedy = Geef de officiële naam in minstens één taal.
country-required = Het land ontbreekt.
    .remedy = Geef het land van de organisatie.
country-format = Dit is geen landcode.
    .remedy = Geef de twee hoofdletters van ISO 3166-1, bijvoorbeeld BE.
region-format = Dit is geen code van een regio.
    .remedy = Geef de code van ISO 3166-2, bijvoorbeeld BE-BRU.
region-mismatch = De regio ligt niet in het land.
    .remedy = Geef een regio waarvan de code begint met die van het land.
did-format = Zo’n identificatie kan een uitgever niet hebben.
    .remedy = Geef een did:web of did:key, of laat het aan de dienst over.
no-default-expiry = Er is geen vaste einddatum: oud is niet vervallen.
    .remedy = Laat dit null en geef een einddatum met reden in de aanvraag.
colour-format = Zo schrijf je geen kleur.
    .remedy = Schrijf ze als #RRGGBB, bijvoorbeeld #1d4e89.
colour-contrast = Witte letters zijn op deze kleur niet goed te lezen.
    .remedy = Kies een donkerdere kleur: het contrast met wit is minstens 4,5.
