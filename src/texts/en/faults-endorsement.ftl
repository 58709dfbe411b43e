### Endorsements: what another organisation says of a definition or a certificate.

target-required = It does not say what is endorsed.
    .remedy = Give definition or credential.
two-targets = An endorsement is about a definition or about a certificate, not about both.
    .remedy = Give one of them, and make a second endorsement for the other.
credential-unknown = There is no certificate at this address here.
    .remedy = Give the whole address of the certificate.
end-reason-required = The reason why the endorsement ends is missing.
    .remedy = Give the reason, or leave the end date out.
end-before-issue = The endorsement would end before it begins.
    .remedy = Give an end date after today, or none.
