//! What a list of the register is asked for, in an address or in an export.

faults! {
    FilterFault:
    Unknown { known }
        nl "Dit is hier niet gekend; wel {known}." "Verbeter de naam, of laat dit weg.",
        fr "Ceci est inconnu ici ; connus : {known}." "Corrigez le nom, ou omettez-le.",
        en "Not known here; known are {known}." "Correct the name, or leave it out.";
    TooMany { most }
        nl "Er worden er hoogstens {most} gelezen." "Laat de andere weg.",
        fr "Au plus {most} sont lus." "Omettez les autres.",
        en "At most {most} are taken." "Leave the others out.";
    Repeated
        nl "Dit staat er twee keer." "Geef het één keer.",
        fr "Ceci est donné deux fois." "Donnez-le une seule fois.",
        en "This is given twice." "Give it once.";
    NotOneOf { known }
        nl "Dit is geen van {known}." "Verbeter het, of laat het weg.",
        fr "Ce n’est aucun de {known}." "Corrigez-le, ou omettez-le.",
        en "This is not one of {known}." "Correct it, or leave it out.";
    NotALimit { most }
        nl "Dit is geen getal van 1 tot {most}." "Verbeter het, of laat het weg.",
        fr "Ce n’est pas un nombre de 1 à {most}." "Corrigez-le, ou omettez-le.",
        en "This is not a number from 1 to {most}." "Correct it, or leave it out.";
    NotADefinition
        nl "Dit is niet de naam van een definitie in adressen." "Verbeter het, of laat het weg.",
        fr "Ce n’est pas le nom d’une définition dans les adresses."
           "Corrigez-le, ou omettez-le.",
        en "This is not the name of a definition in addresses." "Correct it, or leave it out.";
    NotAVersion
        nl "Dit is geen versie van een definitie." "Verbeter het, of laat het weg.",
        fr "Ce n’est pas la version d’une définition."
           "Corrigez-le, ou omettez-le.",
        en "This is not a version of a definition." "Correct it, or leave it out.";
    NotAMoment
        nl "Dit is geen dag (2026-01-31) en geen tijdstip (2026-01-31T12:00:00Z)." "Verbeter het, of laat het weg.",
        fr "Ce n’est ni un jour (2026-01-31) ni un moment (2026-01-31T12:00:00Z)."
           "Corrigez-le, ou omettez-le.",
        en "This is not a day (2026-01-31) or a moment (2026-01-31T12:00:00Z)." "Correct it, or leave it out.";
    NotADay
        nl "Dit is geen dag zoals 2026-01-31." "Verbeter het, of laat het weg.",
        fr "Ce n’est pas un jour tel que 2026-01-31."
           "Corrigez-le, ou omettez-le.",
        en "This is not a day such as 2026-01-31." "Correct it, or leave it out.";
    NotABoolean
        nl "Dit is niet true of false." "Verbeter het, of laat het weg.",
        fr "Ce n’est pas true ou false."
           "Corrigez-le, ou omettez-le.",
        en "This is not true or false." "Correct it, or leave it out.";
    NotACursor
        nl "Dit is geen plaats die een antwoord als next gaf." "Verbeter het, of laat het weg.",
        fr "Ce n’est pas une position qu’une réponse a donnée comme next."
           "Corrigez-le, ou omettez-le.",
        en "This is not a cursor that an answer gave as next." "Correct it, or leave it out.";
    OtherType
        nl "Dit heeft een ander type." "Verbeter het, of laat het weg.",
        fr "C’est d’un autre type."
           "Corrigez-le, ou omettez-le.",
        en "This is of another type." "Correct it, or leave it out.";
}
