### Reeksen, als regels JSON of als tabel.

encoding = Dit is geen UTF-8.
    .remedy = Bewaar het bestand als UTF-8 en stuur het opnieuw.
broken-line = Deze regel is geen JSON, bij byte { $byte } ervan.
    .remedy = Geef op elke regel één volledig JSON-object. Misschien ontbreekt het einde van het bestand.
member-twice = Het veld { $pointer } staat er twee keer.
    .remedy = Geef elk veld één keer.
not-an-object = Deze regel is geen object.
    .remedy = Geef op elke regel één JSON-object, een toekenning.
line-too-long = Deze regel heeft meer dan { $most } bytes.
    .remedy = Geef op elke regel één toekenning.
key-format = Dit is geen sleutel van een item.
    .remedy = Geef een tekst van 1 tot { $most } tekens zonder stuurtekens. Zet er niet in over wie het gaat.
key-repeated = De sleutel staat twee keer in deze reeks: op regel { $first } en op regel { $line }.
    .remedy = Geef elk item een eigen sleutel, of laat de sleutels weg: dan is het nummer van de regel de sleutel.
number-repeated = Het nummer van het bewijs staat twee keer in deze reeks: op regel { $first } en op regel { $line }.
    .remedy = Geef elk bewijs een eigen nummer.
column-repeated = Twee kolommen leiden naar dit veld.
    .remedy = Laat er één naar leiden; geef de andere aan - als ze niet meetelt.
path-unknown = Dit is geen veld van een toekenning.
    .remedy = Noem een veld zoals learner.email of competences.1.code, of - voor een kolom die niet meetelt.
not-yes-or-no = Dit is niet true en niet false.
    .remedy = Schrijf true of false, of laat de cel leeg.
not-this-issuers = Er is geen gepubliceerde definitie met deze naam.
    .remedy = Schrijf ze als uitgever/naam/versie.
