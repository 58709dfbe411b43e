//! Organisations and their settings.

faults! {
    OrganisationFault:
    LegalNameRequired
        nl "De officiële naam ontbreekt." "Geef de officiële naam in minstens één taal.",
        fr "Le nom officiel manque." "Indiquez le nom officiel dans au moins une langue.",
        en "The legal name is missing." "Give the legal name in at least one language.";
    CountryRequired
        nl "Het land ontbreekt." "Geef het land van de organisatie.",
        fr "Le pays manque." "Indiquez le pays de l’organisation.",
        en "The country is missing." "Give the country of the organisation.";
    CountryFormat
        nl "Dit is geen landcode." "Geef de twee hoofdletters van ISO 3166-1, bijvoorbeeld BE.",
        fr "Ce n’est pas un code de pays."
           "Indiquez les deux majuscules d’ISO 3166-1, par exemple BE.",
        en "This is not a country code."
           "Give the two capital letters of ISO 3166-1, for example BE.";
    RegionFormat
        nl "Dit is geen code van een regio." "Geef de code van ISO 3166-2, bijvoorbeeld BE-BRU.",
        fr "Ce n’est pas un code de région." "Indiquez le code d’ISO 3166-2, par exemple BE-BRU.",
        en "This is not a region code." "Give the code of ISO 3166-2, for example BE-BRU.";
    RegionMismatch
        nl "De regio ligt niet in het land."
           "Geef een regio waarvan de code begint met die van het land.",
        fr "La région ne se trouve pas dans le pays."
           "Indiquez une région dont le code commence par celui du pays.",
        en "The region is not in the country."
           "Give a region whose code starts with the country’s.";
    DidFormat
        nl "Zo’n identificatie kan een uitgever niet hebben."
           "Geef een did:web of did:key, of laat het aan de dienst over.",
        fr "Un émetteur ne peut pas avoir cet identifiant."
           "Indiquez un did:web ou un did:key, ou laissez le service le choisir.",
        en "This is not an identifier an issuer can have."
           "Give a did:web or did:key, or leave it to the service.";
    NoDefaultExpiry
        nl "Er is geen vaste einddatum: oud is niet vervallen."
           "Laat dit null en geef een einddatum met reden in de aanvraag.",
        fr "Il n’y a pas de date de fin par défaut : ancien ne veut pas dire périmé."
           "Laissez null et indiquez une date de fin motivée dans la demande.",
        en "There is no default end date: old is not expired."
           "Leave it null and give an end date with its reason in the award.";
}
