### Frameworks of the register, and what definitions say of them (guide, section 10).

reference-format = Dit verwijst niet naar een raamwerk van het register.
    .remedy = Schrijf de verwijzing als uitgever/naam/versie.
unknown = Het register heeft deze versie van een raamwerk niet.
    .remedy = Publiceer het raamwerk eerst, of verbeter uitgever/naam/versie.
other-version = Dit is een andere versie dan die van het raamwerk waarnaar verwezen wordt.
    .remedy = Geef in beide dezelfde versie.
code-unknown = Het raamwerk heeft geen competentie met deze code.
    .remedy = Geef een code van het raamwerk, of laat de verwijzing ernaar weg.
name-differs = Het raamwerk heeft in het register een andere titel.
    .remedy = Kijk na of dit het bedoelde raamwerk is.
text-differs = Het raamwerk verwoordt deze competentie anders.
    .remedy = Kijk na of hetzelfde bedoeld is; het bewijs toont jouw verwoording.
translation-required = De tekst ontbreekt in deze taal.
    .remedy = Geef de tekst in nl, fr en en.
