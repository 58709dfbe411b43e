### Frameworks of the register, and what definitions say of them (guide, section 10).

reference-format = This does not refer to a framework of the register.
    .remedy = Write the reference as issuer/slug/version.
unknown = The register has no such version of a framework.
    .remedy = Publish the framework first, or correct issuer/slug/version.
other-version = This is another version than that of the framework referred to.
    .remedy = Give the same version in both.
code-unknown = The framework has no competence of this code.
    .remedy = Give a code of the framework, or leave out the reference to it.
name-differs = The framework has another title in the register.
    .remedy = Check that this is the framework that is meant.
text-differs = The framework words this competence otherwise.
    .remedy = Check that the same is meant; the certificate shows your wording.
translation-required = The text is missing in this language.
    .remedy = Give the text in nl, fr and en.
