//! What the catalogue and the register of an installation hold against a request.

faults! {
    CatalogueFault:
    AddressMismatch
        nl "Het adres zegt iets anders." "Laat het veld weg, of geef wat in het adres staat.",
        fr "L’adresse dit autre chose." "Omettez le champ, ou indiquez ce que dit l’adresse.",
        en "The address says something else."
           "Leave the member out, or give what stands in the address.";
    ReplacesAddress
        nl "De aanvraag noemt een ander bewijs dan het adres." "Laat replaces weg.",
        fr "La demande nomme une autre attestation que l’adresse." "Omettez replaces.",
        en "The award names another certificate than the address does." "Leave replaces out.";
    DefinitionsRequired { most }
        nl "De definities ontbreken, of de lijst heeft niet de juiste lengte."
           "Geef een lijst van 1 tot {most} definities.",
        fr "Les définitions manquent, ou la liste n’a pas la bonne longueur."
           "Indiquez une liste de 1 à {most} définitions.",
        en "The definitions are missing, or are no list of a size that is taken."
           "Give a list of 1 to {most} definitions.";
    OwnAddressUnknown
        nl "Dit is een adres van deze dienst, en daar staat niets."
           "Publiceer eerst wat het noemt, of verbeter het.",
        fr "C’est une adresse de ce service, et rien ne s’y trouve."
           "Publiez d’abord ce qu’elle nomme, ou corrigez-la.",
        en "This is an address of this service, and nothing is there."
           "Publish what it names first, or correct it.";
    DefinitionOutdated
        nl "De uitgever heeft een andere website sinds deze versie gepubliceerd is."
           "Publiceer een nieuwe versie en noem die.",
        fr "L’émetteur a changé de page d’accueil depuis la publication de cette version."
           "Publiez une nouvelle version et nommez-la.",
        en "The issuer has another homepage since this version was published."
           "Publish a new version and name that.";
    NameReserved
        nl "De dienst heeft deze naam nodig voor een eigen adres." "Kies een andere naam.",
        fr "Le service a besoin de ce nom pour une adresse à lui." "Choisissez un autre nom.",
        en "The service needs this name for an address of its own." "Choose another name.";
    MandateFrozen
        nl "Een opdracht met deze referentie ligt vast met een andere inhoud."
           "Laat ze zoals ze was, of laat ze eerder eindigen; geef een wijziging een eigen referentie.",
        fr "Un mandat portant cette référence est enregistré avec un autre contenu."
           "Laissez-le tel quel, ou avancez sa fin ; donnez à un changement sa propre référence.",
        en "A mandate of this reference is recorded with other content."
           "Keep it as it was, or end it earlier; give a change a reference of its own.";
    SealingIsDecided
        nl "De beheerder beslist of een organisatie verzegelt."
           "Geef de waarde die vastligt; false voor een nieuwe organisatie.",
        fr "L’exploitant décide si une organisation scelle."
           "Indiquez la valeur enregistrée ; false pour une nouvelle organisation.",
        en "Whether an organisation seals is decided by the operator."
           "Give the value that is recorded; false for a new organisation.";
    IdentifierStays
        nl "De identificatie van een uitgever verandert niet."
           "Geef die welke vastligt, of laat ze weg als er geen is.",
        fr "L’identifiant d’un émetteur ne change pas."
           "Indiquez celui qui est enregistré, ou omettez-le s’il n’y en a pas.",
        en "The identifier of an issuer does not change."
           "Give the one that is recorded, or leave it out where there is none.";
    NoMandatesToSeal
        nl "Een organisatie zonder sleutel heeft geen opdrachten om te verzegelen." "Laat ze weg.",
        fr "Une organisation sans clé n’a pas de mandats pour sceller." "Omettez-les.",
        en "An organisation without a key has no mandates to seal." "Leave them out.";
    CodeInUse
        nl "Deze code kan in bewijzen staan."
           "Behoud ze; verbeter de labels, of voeg een andere code toe.",
        fr "Ce code peut figurer dans des attestations."
           "Gardez-le ; corrigez ses libellés, ou ajoutez un autre code.",
        en "This code may stand in certificates."
           "Keep it; correct its labels, or add a code beside it.";
    CodeAddressInUse
        nl "Het adres van deze code kan in bewijzen staan."
           "Behoud het adres; voeg een andere code toe voor een ander begrip.",
        fr "L’adresse de ce code peut figurer dans des attestations."
           "Gardez l’adresse ; ajoutez un autre code pour un autre concept.",
        en "The address of this code may stand in certificates."
           "Keep the address; add another code for another concept.";
    RegisteredInFuture
        nl "Deze dag ligt in de toekomst." "Vink het af als het geregistreerd is.",
        fr "Ce jour est dans le futur." "Marquez-le une fois l’enregistrement fait.",
        en "This day lies in the future." "Mark it when it is registered.";
    RegisteredBeforeDecision
        nl "Deze dag ligt voor de beslissing." "Verbeter de dag.",
        fr "Ce jour précède la décision." "Corrigez le jour.",
        en "This day is before the decision." "Correct the day.";
    NamesNotAsked
        nl "Hier krijg je namen, en dat moet je uitdrukkelijk vragen."
           "Geef true. Lees zonder namen register.csv of register.jsonl.",
        fr "Cette opération donne des noms, et cela doit être dit."
           "Indiquez true. Sans noms, lisez register.csv ou register.jsonl.",
        en "This operation gives names, so that has to be said."
           "Give true. Without names, read register.csv or register.jsonl.";
    TooManyNames { most }
        nl "Meer dan {most} bewijzen passen; zoveel namen geven we niet ineens."
           "Beperk het filter, bijvoorbeeld tot een periode.",
        fr "Plus de {most} attestations correspondent ; autant de noms ne se donnent pas d’un coup."
           "Restreignez le filtre, par exemple à une période.",
        en "More than {most} certificates fit; so many names are not given at once."
           "Narrow the filter, for example to a period.";
    NothingAfterErasure
        nl "Het bewijs is gewist: niets waaruit een persoon blijkt, wordt er nog bij bewaard."
           "Laat het veld weg, of bewaar dit in je eigen systeem.",
        fr "L’attestation est effacée : rien qui révèle une personne n’est plus conservé avec elle."
           "Omettez le champ, ou conservez ceci dans votre propre système.",
        en "The certificate is erased: nothing that may tell a person is kept with it any more."
           "Leave the member out, or keep this in your own system.";
}
