### What to do.

ask-for-the-file = Vraag de houder of de uitgever om het bestand zelf: JSON, token, of een afbeelding of PDF waarin het zit.
ask-for-the-original = Vertrouw deze versie niet. Vraag de houder om het oorspronkelijke bestand of de link.
ask-for-a-presentation = Vraag de houder om het bewijs zelf aan te bieden, als antwoord op jouw vraag.
ask-the-issuer-for-another = Vraag de uitgever om een bewijs dat de standaard volgt.
try-another-verifier = Controleer het ook met een andere verifier, of vraag het aan de uitgever.
contact-the-issuer = Vertrouw dit bewijs niet. Neem contact op met de uitgever via een adres dat je zelf opzoekt.
try-later = Probeer het later opnieuw. Lukt het dan niet, vraag het aan de uitgever.
ask-for-a-newer = Vraag of er een nieuwer bewijs is. Oordeel zelf of de inhoud nog actueel is.
wait-for-the-start = Controleer opnieuw vanaf de begindatum.
do-not-use = Gebruik dit bewijs niet. Vragen hierover zijn voor de uitgever.
see-the-successor = Bekijk de nieuwe versie, of vraag ze aan de houder.
ask-again-later = Vraag het later opnieuw na; een opschorting kan worden opgeheven.
ask-the-issuer-for-the-status = Wil je zeker zijn, vraag dan de uitgever of het nog geldt.
look-at-each = Bekijk elk bewijs in dit bestand apart.
find-out-who-it-is = Ga zelf na wie deze uitgever is, via een weg die niet van hem komt.
ask-why-not-recognised = Vraag na wie de uitgever was op de dag van uitreiking, en of dat voor jou volstaat.
keep-the-day-of-issue = Voor dit bewijs telt de dag van uitreiking. Wees voorzichtig met nieuwe bewijzen van deze uitgever.
leave-the-endorsement-out = Laat die verklaring buiten beschouwing. Het bewijs zelf staat er los van.
ask-for-the-mandate = Vraag de instelling die het bewijs toekende of zij dit liet verzegelen.
ask-for-what-is-missing = Vraag de uitgever naar wat ontbreekt.
look-at-the-parts = Vraag de houder om de onderdelen en controleer elk ervan.
ask-for-identity = Vraag een identiteitsdocument, en vraag of er een ander adres is gebruikt.
compare-the-holder = Typ het e-mailadres van de houder om te vergelijken, of vraag een identiteitsdocument.
not-for-use = Dit dient om te proberen. Vraag een echt bewijs.
solve-what-is-above = Eerst moet in orde zijn wat hierboven niet in orde is.
