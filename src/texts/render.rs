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
}
