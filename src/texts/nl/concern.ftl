### A text about reports of concerns.

heading = Een zorg over dit bewijs melden
lead = Klopt er iets niet aan dit bewijs? Schrijf het hier. Je melding gaat naar de uitgever van het bewijs, samen met het nummer ervan. Je hebt geen account nodig.
kind-legend = Waarover gaat het?
not-genuine = Ik denk dat dit bewijs vervalst is
wrong-content = Er staat iets verkeerds in
misuse = Iemand gebruikt het verkeerd, bijvoorbeeld het bewijs van een ander
other = Iets anders
text-label = Wat is er aan de hand?
text-help = Hoogstens { $most } tekens. Schrijf niet meer over personen dan nodig is.
contact-label = Hoe kan de uitgever je bereiken? (niet verplicht)
contact-help = Een e-mailadres of telefoonnummer. Zonder kan de uitgever je niet antwoorden.
trap = Laat dit veld leeg
button = Melding versturen
faults-heading = Je melding is nog niet verstuurd
kind-missing = Kies waarover het gaat.
text-missing = Schrijf wat er aan de hand is.
text-too-long = Je tekst is te lang: hoogstens { $most } tekens.
contact-too-long = Wat je invulde om je te bereiken is te lang: hoogstens { $most } tekens.
characters = Er staan tekens in die we niet kunnen bewaren.
received-title = Je melding is verstuurd
received = De uitgever van het bewijs kan je melding nu lezen.
what-follows = De uitgever beslist wat er gebeurt. Het bewijs verandert niet door je melding.
back-to-certificate = Terug naar het bewijs
link-text = Een zorg over dit bewijs melden
too-many-title = Te veel meldingen
too-many = Er kwamen te veel meldingen kort na elkaar. Probeer het over een uur opnieuw.
