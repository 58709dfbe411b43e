//! What the catalogue and the register of an installation hold against a request.

faults! {
    CatalogueFault in "faults-catalogue":
    AddressMismatch;
    ReplacesAddress;
    DefinitionsRequired { most };
    OwnAddressUnknown;
    DefinitionOutdated;
    NameReserved;
    MandateFrozen;
    SealingIsDecided;
    IdentifierStays;
    NoMandatesToSeal;
    CodeInUse;
    CodeAddressInUse;
    RegisteredInFuture;
    RegisteredBeforeDecision;
    NamesNotAsked;
    TooManyNames { most };
    NothingAfterErasure;
    MailOff;
    NobodyToMail;
    NotTheHolder;
    PictureNotPng;
    PictureTooLarge { most };
    PictureTooWide { most };
    PictureDamaged;
    PictureCarriesMore;
}
