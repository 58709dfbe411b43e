//! Texts about institutions that closed, and who keeps what they left.

texts! {
    /// A text about an institution that closed.
    InstitutionText:
    Kept { keeper, since }
        => "{keeper} bewaart de gegevens van deze instelling sinds {since}.",
           "{keeper} conserve les données de cet établissement depuis le {since}.",
           "{keeper} has kept the records of this institution since {since}.";
    KeptStatus { keeper, date }
        => "De instelling die dit bewijs uitreikte, is gesloten. {keeper} antwoordt in haar plaats. \
            De laatste stand van zaken is van {date}.",
           "L’établissement qui a délivré cette attestation a fermé. {keeper} répond à sa place. Le \
            dernier état connu date du {date}.",
           "The institution that issued this certificate closed. {keeper} answers in its place. The \
            last status is of {date}.";
    Closed { date }
        => "Deze instelling is gesloten sinds {date}. Ze reikt niets meer uit.",
           "Cet établissement a fermé le {date}. Il ne délivre plus rien.",
           "This institution closed on {date}. It issues nothing any more.";
    Stays
        => "Wat ze uitreikte, blijft te controleren: vraag de houder om het bestand.",
           "Ce qu’il a délivré reste vérifiable : demandez le fichier au titulaire.",
           "What it issued can still be checked: ask the holder for the file.";
    Keeper => "Bewaard door", "Conservé par", "Kept by";
    LastStatus => "Laatste stand van zaken", "Dernier état", "Last status";
    Certificates => "Bewijzen in het register", "Attestations au registre",
        "Certificates in the register";
    Check => "Een bestand controleren", "Vérifier un fichier", "Check a file";
}
