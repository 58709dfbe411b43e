### Organisations and their settings.

legal-name-required = The legal name is missing.
    .remedy = Give the legal name in at least one language.
country-required = The country is missing.
    .remedy = Give the country of the organisation.
country-format = This is not a country code.
    .remedy = Give the two capital letters of ISO 3166-1, for example BE.
region-format = This is not a region code.
    .remedy = Give the code of ISO 3166-2, for example BE-BRU.
region-mismatch = The region is not in the country.
    .remedy = Give a region whose code starts with the country’s.
did-format = This is not an identifier an issuer can have.
    .remedy = Give a did:web or did:key, or leave it to the service.
no-default-expiry = There is no default end date: old is not expired.
    .remedy = Leave it null and give an end date with its reason in the award.
colour-format = This is not how a colour is written.
    .remedy = Write it as #RRGGBB, for example #1d4e89.
colour-contrast = White letters cannot be read well on this colour.
    .remedy = Choose a darker colour: its contrast with white is at least 4.5.
