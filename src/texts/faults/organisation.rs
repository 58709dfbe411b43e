//! Organisations and their settings.

faults! {
    OrganisationFault in "faults-organisation":
    LegalNameRequired;
    CountryRequired;
    CountryFormat;
    RegionFormat;
    RegionMismatch;
    DidFormat;
    NoDefaultExpiry;
    ColourFormat;
    ColourContrast;
}
