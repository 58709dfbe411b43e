### What a list of the register is asked for, in an address or in an export.

unknown = Dit is hier niet gekend; wel { $known }.
    .remedy = Verbeter de naam, of laat dit weg.
too-many = Er worden er hoogstens { $most } gelezen.
    .remedy = Laat de andere weg.
repeated = Dit staat er twee keer.
    .remedy = Geef het één keer.
not-one-of = Dit is geen van { $known }.
    .remedy = Verbeter het, of laat het weg.
not-a-limit = Dit is geen getal van 1 tot { $most }.
    .remedy = Verbeter het, of laat het weg.
not-a-definition = Dit is niet de naam van een definitie in adressen.
    .remedy = Verbeter het, of laat het weg.
not-a-version = Dit is geen versie van een definitie.
    .remedy = Verbeter het, of laat het weg.
not-a-moment = Dit is geen dag (2026-01-31) en geen tijdstip (2026-01-31T12:00:00Z).
    .remedy = Verbeter het, of laat het weg.
not-a-day = Dit is geen dag zoals 2026-01-31.
    .remedy = Verbeter het, of laat het weg.
not-a-boolean = Dit is niet true of false.
    .remedy = Verbeter het, of laat het weg.
not-a-cursor = Dit is geen plaats die een antwoord als next gaf.
    .remedy = Verbeter het, of laat het weg.
other-type = Dit heeft een ander type.
    .remedy = Verbeter het, of laat het weg.
