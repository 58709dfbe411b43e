//! Shapes: what is wrong whatever the document is about.

faults! {
    ShapeFault:
    Missing { what }
        nl "Hier ontbreekt iets: {what}." "Geef {what}.",
        fr "Il manque : {what}." "Indiquez {what}.",
        en "Missing: {what}." "Give {what}.";
    WrongType { expected }
        nl "Hier hoort {expected} te staan." "Geef {expected}, zoals JSON dat schrijft.",
        fr "On attend ici {expected}." "Indiquez {expected}, comme JSON l’écrit.",
        en "This is not {expected}." "Give {expected}, as JSON writes it.";
    UnknownField
        nl "Dit veld kennen we hier niet, en we laten niets stil weg."
           "Laat het weg of verbeter de naam.",
        fr "Ce champ n’est pas connu ici, et rien n’est ignoré en silence."
           "Supprimez-le ou corrigez son nom.",
        en "This member is not known here, and nothing is dropped silently."
           "Leave it out, or correct its name.";
    UnknownFieldAmong { known }
        nl "Dit veld kennen we hier niet." "Deze velden kennen we: {known}.",
        fr "Ce champ n’est pas connu ici." "Les champs connus sont : {known}.",
        en "This member is not known here." "Known are: {known}.";
    TooMany { most }
        nl "Er staan meer dan {most} elementen." "Geef er hoogstens {most}.",
        fr "Il y a plus de {most} éléments." "Indiquez-en au plus {most}.",
        en "There are more than {most} elements." "Give at most {most}.";
    Duplicate
        nl "Dit staat al in de lijst." "Noem elk element maar één keer.",
        fr "Cet élément figure déjà dans la liste." "Indiquez chaque élément une seule fois.",
        en "This stands in the list already." "Give each element once.";
    DuplicateName
        nl "Deze naam staat twee keer in de lijst." "Laat er één weg.",
        fr "Ce nom figure deux fois dans la liste." "Supprimez l’un des deux.",
        en "The name stands in this list twice." "Leave one of them out.";
    NotADate
        nl "Dit is geen datum van de kalender." "Schrijf de datum als JJJJ-MM-DD.",
        fr "Ce n’est pas une date du calendrier." "Écrivez la date sous la forme AAAA-MM-JJ.",
        en "This is not a calendar date." "Write the date as YYYY-MM-DD.";
    NotALanguage
        nl "Deze taal kennen we niet." "Geef nl, fr of en.",
        fr "Cette langue n’est pas connue." "Indiquez nl, fr ou en.",
        en "This is not nl, fr or en." "Give nl, fr or en.";
    NotALanguageTag
        nl "Dit is geen taalcode." "Geef een code zoals en of nl-BE.",
        fr "Ce n’est pas un code de langue." "Indiquez un code tel que en ou nl-BE.",
        en "This is not a language code." "Give a code such as en or nl-BE.";
    UnknownCode { known }
        nl "Deze code staat niet in de gesloten lijst." "Kies een van deze: {known}.",
        fr "Ce code ne figure pas dans la liste fermée." "Choisissez l’un de ceux-ci : {known}.",
        en "This code is not in its closed list." "Give one of: {known}.";
    ChoiceMissing { known }
        nl "Hier ontbreekt een keuze." "Kies een van deze: {known}.",
        fr "Il manque un choix ici." "Choisissez l’un de ceux-ci : {known}.",
        en "This member is missing." "Give one of: {known}.";
    NotACode
        nl "Een code is een deel van adressen en mag niet alles bevatten."
           "Schrijf 1 tot 16 tekens a-z en 0-9.",
        fr "Un code fait partie d’adresses et ne peut pas tout contenir."
           "Écrivez 1 à 16 caractères a-z et 0-9.",
        en "A code is part of addresses." "Write it with 1 to 16 characters a-z and 0-9.";
    NotAReference
        nl "Een referentie is een deel van adressen en mag niet alles bevatten."
           "Schrijf 1 tot 64 tekens A-Z, a-z, 0-9, punt, _ en -.",
        fr "Une référence fait partie d’adresses et ne peut pas tout contenir."
           "Écrivez 1 à 64 caractères A-Z, a-z, 0-9, point, _ et -.",
        en "A reference is part of addresses."
           "Write it with 1 to 64 characters A-Z, a-z, 0-9, dot, _ and -.";
    NotASlug
        nl "Dit is geen naam die in adressen past."
           "Schrijf 1 tot 63 tekens a-z en 0-9, met koppeltekens ertussen.",
        fr "Ce nom ne convient pas dans une adresse."
           "Écrivez 1 à 63 caractères a-z et 0-9, avec des traits d’union à l’intérieur.",
        en "This is not a name that fits into addresses."
           "Give 1 to 63 characters a-z, 0-9 and inner hyphens.";
    NotAUrl
        nl "Dit is geen adres dat we kunnen publiceren."
           "Geef een volledig adres dat begint met https://.",
        fr "Cette adresse ne peut pas être publiée."
           "Indiquez une adresse complète qui commence par https://.",
        en "This is not an address that can be published."
           "Give an absolute address that starts with https://.";
    NotAnEmail
        nl "Dit is geen e-mailadres." "Geef een adres waarnaar je kunt schrijven.",
        fr "Ce n’est pas une adresse électronique."
           "Indiquez une adresse à laquelle on peut écrire.",
        en "This is not an e-mail address." "Give an address that can be written to.";
    NotADid
        nl "Dit is geen decentrale identificatie van een houder."
           "Geef een correcte identificatie, bijvoorbeeld een did:key, of laat het weg.",
        fr "Ce n’est pas un identifiant décentralisé de titulaire."
           "Indiquez un identifiant correct, par exemple un did:key, ou omettez-le.",
        en "This is not a decentralised identifier of a holder."
           "Give a well-formed identifier, for example a did:key, or leave it out.";
    NotADigest
        nl "Dit is geen hash in multibase."
           "Geef een multihash die begint met z (base58) of u (base64url).",
        fr "Ce n’est pas une empreinte en multibase."
           "Indiquez un multihash qui commence par z (base58) ou u (base64url).",
        en "This is not a digest in multibase."
           "Give a multihash that starts with z (base58) or u (base64url).";
    OutOfRange { least, most }
        nl "Dit getal past hier niet." "Geef een geheel getal van {least} tot {most}.",
        fr "Ce nombre ne convient pas ici." "Indiquez un nombre entier de {least} à {most}.",
        en "This number does not fit here." "Give a whole number from {least} to {most}.";
    NotPositive
        nl "Dit getal past hier niet." "Geef een getal boven 0 met hoogstens twee decimalen.",
        fr "Ce nombre ne convient pas ici."
           "Indiquez un nombre supérieur à 0 avec deux décimales au plus.",
        en "This number does not fit here." "Give a number above 0 with at most two decimals.";
    BoundsReversed
        nl "Het minimum ligt boven het maximum."
           "Geef een minimum dat niet boven het maximum ligt.",
        fr "Le minimum dépasse le maximum." "Indiquez un minimum qui ne dépasse pas le maximum.",
        en "The minimum is above the maximum." "Give a minimum that is not above the maximum.";
    NumberRange
        nl "Een getal in de aanvraag is groter dan JSON kan dragen."
           "Schrijf getallen zoals hun velden het vragen.",
        fr "Un nombre de la demande dépasse ce que JSON peut porter."
           "Écrivez les nombres comme leurs champs le demandent.",
        en "A number in the request is outside what JSON can carry."
           "Write numbers as their fields ask.";
    PeriodReversed
        nl "De laatste dag ligt voor de eerste." "Geef een periode die eindigt nadat ze begint.",
        fr "Le dernier jour précède le premier." "Indiquez une période qui finit après son début.",
        en "The last day is before the first." "Give a period that ends after it starts.";
    EmptyText
        nl "De tekst is leeg." "Geef een tekst, of laat het veld weg.",
        fr "Le texte est vide." "Indiquez un texte, ou omettez le champ.",
        en "The text is empty." "Give a text, or leave it out.";
    TextTooLong { most }
        nl "De tekst heeft meer dan {most} tekens." "Schrijf hem in hoogstens {most} tekens.",
        fr "Le texte dépasse {most} caractères." "Écrivez-le en {most} caractères au plus.",
        en "The text has more than {most} characters." "Write it in at most {most} characters.";
    ControlCharacter
        nl "De tekst bevat een onzichtbaar stuurteken."
           "Haal stuurtekens en tekens die de schrijfrichting veranderen weg.",
        fr "Le texte contient un caractère de contrôle."
           "Supprimez les caractères de contrôle et ceux qui changent le sens de l’écriture.",
        en "The text contains a control character other than tab and line feed."
           "Remove control characters and marks that change the direction of writing.";
    PersonalData
        nl "De tekst bevat iets dat op een rijksregisternummer of een e-mailadres lijkt."
           "Beschrijf het zonder persoonsgegevens.",
        fr "Le texte contient ce qui ressemble à un numéro national ou à une adresse électronique."
           "Décrivez-le sans données personnelles.",
        en "The text contains what looks like a national number or an e-mail address."
           "Describe it without personal data.";
    NotEsco
        nl "Dit is geen adres van zo’n ESCO-begrip."
           "Geef http://data.europa.eu/esco/skill/ of occupation/ met de UUID erachter.",
        fr "Ce n’est pas l’adresse d’un concept ESCO de ce type."
           "Indiquez http://data.europa.eu/esco/skill/ ou occupation/ suivi de son UUID.",
        en "This is not the address of an ESCO concept of this kind."
           "Give http://data.europa.eu/esco/skill/ or occupation/ followed by its UUID.";
    ListMissing
        nl "Deze gesloten lijst ontbreekt." "Geef elke lijst van de woordenschat.",
        fr "Cette liste fermée manque." "Indiquez chaque liste du vocabulaire.",
        en "This closed list is missing." "Give every list of the vocabulary.";
    LabelMissing
        nl "Het label ontbreekt in deze taal." "Geef het label in nl, fr en en.",
        fr "Le libellé manque dans cette langue." "Indiquez le libellé en nl, fr et en.",
        en "The label is missing in this language." "Give the label in nl, fr and en.";
    AskedByOperator
        nl "De beheerder van deze dienst vraagt dit veld bij deze soort bewijs." "Geef dit veld.",
        fr "L’exploitant de ce service demande ce champ pour ce type d’attestation."
           "Indiquez ce champ.",
        en "The operator of this service asks for this field of this kind." "Give this field.";
    TextMissing { least, most }
        nl "Deze tekst ontbreekt." "Geef een tekst van {least} tot {most} tekens.",
        fr "Ce texte manque." "Indiquez un texte de {least} à {most} caractères.",
        en "This text is missing." "Give a text of {least} to {most} characters.";
    TextTooShort { least }
        nl "De tekst heeft minder dan {least} tekens." "Schrijf meer.",
        fr "Le texte compte moins de {least} caractères." "Écrivez-en davantage.",
        en "The text has fewer than {least} characters." "Say more.";
    NoItems
        nl "Er zit niets in deze reeks." "Stuur een lijst, of één element op elke regel.",
        fr "Ce lot ne contient aucun élément." "Envoyez une liste, ou un élément par ligne.",
        en "The batch holds no item." "Send an array of items, or one item on each line.";
    TooManyItems { most }
        nl "Deze reeks heeft meer dan {most} elementen." "Stuur ze in verschillende reeksen.",
        fr "Ce lot contient plus de {most} éléments." "Envoyez-le en plusieurs lots.",
        en "The batch holds more than {most} items." "Send it in several batches.";
}
