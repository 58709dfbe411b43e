//! Texts in the pictures and papers that people hold.

texts! {
    /// A text in a picture or paper.
    RenderText:
    QrTitle => "QR-code van dit bewijs", "Code QR de cette attestation",
        "QR code of this certificate";
    QrAbout { address }
        => "Scan de code of typ het adres: {address}",
           "Scannez le code ou tapez l’adresse : {address}",
           "Scan the code or type the address: {address}";
    AsOf { date, sentence }
        => "Stand op {date}: {sentence}", "Situation au {date} : {sentence}",
           "As of {date}: {sentence}";
    DownloadPdf
        => "Om af te drukken, met het bewijs erin (PDF)",
           "À imprimer, avec l’attestation jointe (PDF)",
           "To print, with the certificate attached (PDF)";
    CheckNow
        => "Controleer zelf of dit nog klopt. Scan de code of ga naar:",
           "Vérifiez vous-même si c’est toujours le cas. Scannez le code ou allez à :",
           "Check for yourself whether this still holds. Scan the code or go to:";
    NoExemption
        => "Dit bewijs geeft geen automatisch recht op een vrijstelling of op toegang tot een opleiding. Elke opleiding beslist daar zelf over.",
           "Cette attestation ne donne pas automatiquement droit à une dispense ni à l’accès à une formation. Chaque établissement en décide.",
           "This certificate gives no automatic right to an exemption or to admission. Each programme decides for itself.";
    Attached
        => "Het ondertekende bewijs zit als bijlage certificate.json in dit PDF-bestand en blijft zo te controleren. Een afdruk op papier bewijst op zich niets.",
           "L’attestation signée est jointe à ce fichier PDF sous le nom certificate.json et reste ainsi vérifiable. Une impression sur papier ne prouve rien en soi.",
           "The signed certificate is attached to this PDF file as certificate.json and can so be checked for good. A print on paper proves nothing by itself.";
    AttachedAbout
        => "Het ondertekende bewijs", "L’attestation signée", "The signed certificate";
    More { count }
        => "En nog {count}. De volledige lijst staat op het adres onderaan en in de bijlage.",
           "Et encore {count}. La liste complète se trouve à l’adresse ci-dessous et dans la pièce jointe.",
           "And {count} more. The full list is at the address below and in the attachment.";
    Shortened
        => "Niet alles past op dit blad. De volledige tekst staat op het adres hieronder en in de bijlage.",
           "Tout ne tient pas sur cette feuille. Le texte complet se trouve à l’adresse ci-dessous et dans la pièce jointe.",
           "Not everything fits on this sheet. The full text is at the address below and in the attachment.";
    NameInOtherScript
        => "De naam is geschreven in een schrift dat dit blad niet kan tonen. Hij staat op het adres onderaan en in de bijlage.",
           "Le nom est écrit dans une écriture que cette feuille ne peut pas afficher. Il se trouve à l’adresse ci-dessous et dans la pièce jointe.",
           "The name is written in a script that this sheet cannot show. It is at the address below and in the attachment.";
    OtherScript
        => "[…] staat voor tekens die dit blad niet kan tonen. De volledige tekst staat op het adres hieronder en in de bijlage.",
           "[…] remplace des caractères que cette feuille ne peut pas afficher. Le texte complet se trouve à l’adresse ci-dessous et dans la pièce jointe.",
           "[…] stands for characters that this sheet cannot show. The full text is at the address below and in the attachment.";
}
