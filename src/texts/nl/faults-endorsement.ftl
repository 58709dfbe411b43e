### Endorsements: what another organisation says of a definition or a certificate.

target-required = Er staat niet bij wat je steunt.
    .remedy = Geef definition of credential.
two-targets = Een verklaring gaat over een definitie of over een bewijs, niet over allebei.
    .remedy = Geef definition of credential, en maak voor het andere een tweede verklaring.
credential-unknown = Hier is geen bewijs met dit adres.
    .remedy = Geef het volledige adres van het bewijs.
end-reason-required = Er staat niet bij waarom de verklaring eindigt.
    .remedy = Geef de reden van de einddatum, of laat de einddatum weg.
end-before-issue = De verklaring zou eindigen voor ze begint.
    .remedy = Geef een einddatum na vandaag, of geen.
