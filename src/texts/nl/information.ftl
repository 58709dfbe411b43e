### A text of the pages that explain.

## The pages among one another

run-by = Deze website wordt beheerd door { $name }.

## How we check

about-title = Hoe we controleren
about-lead = Telkens als je een bewijs opent of een bestand controleert, kijken we alles opnieuw na. We tonen nooit een oordeel van vroeger.
about-checks = Wat het oordeel bepaalt
about-checks-help = Alleen als dit allemaal in orde is of niet van toepassing is, zeggen we dat een bewijs echt en geldig is.
about-conformance = Volgt het bestand de standaard Open Badges 3.0?
about-key = Hoort de sleutel waarmee het bewijs verzegeld is, bij deze uitgever?
about-content = Is er sinds de verzegeling niets veranderd, zelfs geen letter?
about-dates = Ligt vandaag na de begindatum en voor de einddatum, als die er zijn?
about-status = Heeft de uitgever het bewijs ingetrokken, vervangen of opgeschort?
about-attachments = Zijn de bijlagen nog dezelfde?
about-bundle = Is elk bewijs in een bundel zelf echt en geldig?
about-informing = Wat extra informatie geeft
about-informing-help = Dit verandert niets aan de vraag of een bewijs echt is. Het kan wel tellen voor jouw beslissing. Kennen wij de uitgever niet, of is het een testbewijs, dan zeggen we dat in het oordeel zelf.
about-issuer = Was deze uitgever hier gekend op de dag van uitreiking?
about-issuer-today = Is deze uitgever hier vandaag gekend?
about-endorsements = Kloppen de verklaringen van anderen die dit bewijs steunen?
about-mandate = Mocht wie het bewijs verzegelde, dat doen voor wie het toekende?
about-completeness = Staat alles erop wat op dit soort bewijs moet staan?
about-parts = Zijn de bewijzen waarop dit bewijs steunt, nog geldig?
about-recipient = Hoort het e-mailadres dat je typt, bij dit bewijs?
about-test = Is het een testbewijs?
about-outcomes = Vijf mogelijke uitkomsten
about-pass = We hebben het nagekeken en het is goed.
about-fail = We hebben het nagekeken en het is niet goed.
about-indeterminate = We konden het niet nakijken, bijvoorbeeld omdat een andere website niet antwoordde. Dat tonen we nooit als goed.
about-not-applicable = Dit bewijs heeft dat niet, bijvoorbeeld geen einddatum.
about-not-run = Een eerdere fout maakte deze controle zinloos.
about-limits = Wat een handtekening niet zegt
about-limit-care = Een handtekening toont wie welke tekst verzegelde. Ze zegt niet of er zorgvuldig beoordeeld is. Lees daarom wie oordeelde, hoe, en waarop dat steunt.
about-limit-person = Ze zegt niet dat de persoon voor je de houder is. Vraag een identiteitsdocument als dat belangrijk is.
about-limit-today = Ze zegt niet wat de persoon vandaag nog kan. Het bewijs gaat over het moment van de beslissing.
about-limit-right = Ze geeft geen recht op een vrijstelling, een toelating of een premie. Daarover beslissen anderen.
about-not-done = Wat we niet doen
about-not-done-judge = We oordelen zelf niet over mensen. De instelling beslist; wij verzegelen, bewaren en controleren.
about-not-done-record = We houden niet bij wie welk bewijs controleert.
about-elsewhere = Elders controleren
about-elsewhere-file = Bewaar het ondertekende bestand. Elk programma dat Open Badges 3.0 volgens de standaard controleert, kan het nakijken, ook zonder deze website.
about-elsewhere-status = Alleen voor de status is het adres nodig dat in het bestand staat. Is dat er niet meer, dan blijft de inhoud te controleren en is de status onbekend.
about-elsewhere-developers = Voor ontwikkelaars: de controle zit ook in een API, en in een programma dat je op je eigen computer gebruikt.

## What a status means

states-title = Wat de status betekent
states-lead = Boven elk bewijs staat één zin. Hier lees je wat die betekent en wat je kunt doen.
state-valid = Echt en geldig
state-valid-meaning = De uitgever heeft dit verzegeld, er is niets veranderd, en het is niet ingetrokken of opgeschort.
state-valid-action = Lees wat de persoon kan en hoe dat beoordeeld is.
state-unsure = Niet alles kon gecontroleerd worden
state-unsure-meaning = We vonden geen fout, maar iets was niet na te kijken, bijvoorbeeld de status.
state-unsure-action = Beschouw het bewijs nog niet als bevestigd. Probeer het later opnieuw, of vraag het aan de uitgever.
state-wrong = De inhoud past niet bij de handtekening
state-wrong-meaning = Iemand veranderde iets, of deze uitgever heeft dit niet verzegeld.
state-wrong-action = Vertrouw dit bewijs niet. Vraag de houder om het oorspronkelijke bestand of de link.
state-suspended = Opgeschort
state-suspended-meaning = Het bewijs mag tijdelijk niet gebruikt worden, bijvoorbeeld omdat er een beroep loopt. Dat zegt niets over wie gelijk krijgt.
state-suspended-action = Vraag het later opnieuw na. Een opschorting kan worden opgeheven.
state-revoked = Ingetrokken
state-revoked-meaning = De uitgever staat niet meer achter dit bewijs. Dat is definitief. De reden tonen we niet.
state-revoked-action = Gebruik dit bewijs niet. Vragen hierover zijn voor de uitgever.
state-superseded = Vervangen
state-superseded-meaning = Er is een nieuwere versie, bijvoorbeeld om een schrijffout te verbeteren. Vervangen is geen verwijt.
state-superseded-action = Bekijk de nieuwe versie, of vraag ze aan de houder.
state-expired = Einddatum voorbij
state-expired-meaning = Het bewijs is echt, maar de uitgever gaf het een einddatum en die is voorbij.
state-expired-action = Vraag of er een nieuwer bewijs is. Oordeel zelf of de inhoud nog actueel is.
state-early = Nog niet begonnen
state-early-meaning = Het bewijs is echt, maar geldt pas vanaf een latere dag.
state-early-action = Controleer opnieuw vanaf de begindatum.
state-unknown-issuer = Uitgever niet gekend
state-unknown-issuer-meaning = De handtekening klopt, maar wij weten niet wie deze uitgever is. Iedereen kan een uitgever met een mooie naam maken.
state-unknown-issuer-action = Ga zelf na wie dit is, via een weg die niet van de uitgever komt.
state-test = Test
state-test-meaning = Het bewijs dient om te proberen. Het heeft geen waarde.
state-test-action = Vraag een echt bewijs.
state-closed = Gesloten door de houder
state-closed-meaning = De houder beslist wie het bewijs ziet en houdt de pagina nu dicht. Dat zegt niets over het bewijs.
state-closed-action = Vraag de houder om de pagina te openen, om een link of om het bestand.
state-gone = Niet beschikbaar
state-gone-meaning = Dit adres toont niets: het bestaat niet, de link is verlopen of gestopt, of de gegevens zijn gewist. Welk van deze, zeggen we met opzet niet.
state-gone-action = Vraag de houder om een nieuwe link.

## What it is worth

worth-title = Wat je bewijs waard is
worth-lead = Een bewijs opent geen deuren vanzelf. Het geeft anderen wel de feiten om snel te beslissen.
worth-states = Wat het zegt
worth-states-what = Wat je kunt, op welk niveau, en hoeveel tijd of studiepunten erbij horen.
worth-states-how = Wie dat beoordeelde, hoe, en waarop het oordeel steunt.
worth-states-who = Welke instelling het toekende, en wanneer.
worth-states-genuine = Dat het echt is. Iedereen kan dat nakijken, gratis en zonder account.
worth-not = Wat het niet geeft
worth-not-exemption = Geen automatische vrijstelling. Elke opleiding beslist daar zelf over.
worth-not-diploma = Geen diploma en geen graad.
worth-not-right = Geen recht op een job, een loon, een premie of een toelating.
worth-not-expiry = Staat er geen einddatum op, dan blijft het bewijs geldig. Wie het leest, beslist zelf of de inhoud nog actueel is.
worth-exemption = Zo vraag je een vrijstelling
worth-exemption-find = Zoek op de website van de opleiding hoe en tegen wanneer je een vrijstelling vraagt. Doe dat voor je inschrijft of kort daarna.
worth-exemption-send = Stuur de link van je bewijs mee, of het bestand. Open de pagina eerst, anders ziet niemand iets.
worth-exemption-say = Zeg voor welk vak je een vrijstelling vraagt, en welke competenties van je bewijs daarbij horen.
worth-exemption-answer = Krijg je geen vrijstelling? Vraag waarom, en hoe je beroep kunt aantekenen.
worth-employer = Bij een werkgever
worth-employer-show = Geef de link of toon de QR-code. Je werkgever ziet meteen of het bewijs echt is en wat je kunt.
worth-employer-choose = Je hoeft niet alles te tonen. Op je eigen pagina maak je een link met alleen de competenties die je kiest.
worth-keep = Bewaren
worth-keep-file = Bewaar het bestand op twee plaatsen. Het blijft te controleren, ook als deze website er niet meer is.
worth-keep-wrong = Staat er een fout op? Vraag de instelling om een verbetering. Je krijgt dan een nieuw bewijs dat het oude vervangt.

## Privacy

privacy-title = Wat we bewaren en wat niet
privacy-lead = Deze website gebruikt geen cookies en volgt niemand.
privacy-visitors = Als je iets bekijkt of controleert
privacy-visitors-file = Een bestand of e-mailadres dat je geeft om te controleren, bewaren we niet.
privacy-visitors-log = In het logboek van deze dienst staat welk soort pagina gevraagd is en hoe lang dat duurde. Er staat niet in welk bewijs het was, en ook je internetadres niet.
privacy-visitors-nothing = De pagina’s laden niets van andere websites.
privacy-holders = Als je een bewijs hebt
privacy-holders-document = We bewaren het ondertekende bewijs, met alles wat erop staat, en wanneer het uitgereikt, veranderd of vervangen is.
privacy-holders-address = Je e-mailadres staat niet leesbaar op het bewijs. Sturen we je een bericht, dan bewaren we het adres afgeschermd tot het bericht vertrokken is.
privacy-holders-consent = We bewaren wanneer je eigen pagina voor het eerst geopend is, wanneer je je bewijs opende of sloot, en welke links je maakte. Zo kun je dat ook ongedaan maken.
privacy-holders-not = We krijgen geen portfolio, geen rijksregisternummer, geen geboortedatum en geen foto.
privacy-shared = Wie ziet wat
privacy-shared-page = Is de pagina van je bewijs gesloten, dan ziet niemand iets, ook niet via de QR-code. Is ze open, dan ziet iedereen met de link alles wat op het bewijs staat.
privacy-shared-search = We vragen zoekmachines om de pagina’s niet op te nemen. Een voorvertoning van een link toont nooit je naam.
privacy-shared-status = Wie de status van een bewijs nakijkt, haalt een lange lijst op. Daaruit blijkt niet over welk bewijs het ging.
privacy-concerns = Als je een zorg meldt
privacy-concerns-kept = Je melding en het adres dat je opgeeft, gaan naar de instelling die het bewijs uitreikte. We tellen kort hoeveel meldingen er komen, om misbruik te vermijden.
privacy-rights = Je rechten
privacy-rights-ask = De instelling die je bewijs uitreikte, beslist over je gegevens. Vraag haar om inzage, verbetering of wissing.
privacy-rights-erase = Na een wissing toont deze website niets meer over je bewijs. Het bestand dat je zelf bewaart, blijft te controleren.
privacy-operator = De privacytekst van de beheerder

## Accessibility

accessibility-title = Toegankelijkheid
accessibility-lead = Iedereen moet deze pagina’s kunnen gebruiken. Ons doel is WCAG 2.2, niveau AA.
accessibility-tested = Wat getest is
accessibility-tested-how = De makers testen de pagina’s automatisch in een browser, in drie talen, op een smal en een breed scherm:
accessibility-tested-keyboard = alles is te bereiken met het toetsenbord, en je ziet waar je bent;
accessibility-tested-zoom = tekst op dubbele grootte past nog op het scherm;
accessibility-tested-axe = het programma axe-core vindt geen fouten tegen WCAG 2.2 AA, zoals te weinig contrast of een veld zonder naam;
accessibility-tested-scripts = de pagina’s werken zonder scripts.
accessibility-untested = Wat niet getest is
accessibility-untested-people = De makers testten niet met mensen met een beperking, en niet met elke schermlezer.
accessibility-untested-audit = Er was geen onafhankelijke audit. Automatische tests vinden niet alles.
accessibility-untested-texts = Wat een instelling zelf schrijft op een bewijs, kunnen we niet nakijken. Soms is het er maar in één taal.
accessibility-operator = Verklaring van de beheerder
accessibility-contact = Een probleem melden
accessibility-contact-how = Werkt iets niet voor jou? Laat het weten. Zeg op welke pagina het was en wat je gebruikte. Je mag ook vragen om de informatie op een andere manier te krijgen.
accessibility-contact-none = De beheerder van deze website heeft hier nog geen contactadres ingevuld. Neem contact op met de instelling die het bewijs uitreikte.
contact-by-mail = Mail naar { $address }
contact-by-page = Contactpagina van de beheerder
