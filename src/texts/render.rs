//! Texts in the pictures and papers that people hold.

keys! {
    /// A text in a picture or paper.
    RenderText in "render":
    QrTitle;
    QrAbout { address };
    AsOf { date, sentence };
    DownloadPdf;
    CheckNow;
    NoExemption;
    Attached;
    AttachedAbout;
    More { count };
    Shortened;
    NameInOtherScript;
    OtherScript;
}
