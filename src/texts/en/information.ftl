### A text of the pages that explain.

## The pages among one another

run-by = This website is run by { $name }.

## How we check

about-title = How we check
about-lead = Each time you open a certificate or check a file, we check everything anew. We never show an earlier verdict.
about-checks = What decides the verdict
about-checks-help = Only when all of this is OK or not applicable do we say that a certificate is genuine and valid.
about-conformance = Does the file follow the Open Badges 3.0 standard?
about-key = Does the key that sealed the certificate belong to this issuer?
about-content = Has nothing changed since sealing, not even a letter?
about-dates = Is today after the start date and before the end date, where there are any?
about-status = Has the issuer withdrawn, replaced or suspended the certificate?
about-attachments = Are the attachments still the same?
about-bundle = Is each certificate in a bundle itself genuine and valid?
about-informing = What informs besides
about-informing-help = This does not change whether a certificate is genuine, but it may matter for your decision. When we do not know the issuer, or it is a test certificate, the verdict itself says so.
about-issuer = Was this issuer known here on the day of issue?
about-issuer-today = Is this issuer known here today?
about-endorsements = Are the statements of others who endorse this certificate correct?
about-mandate = Was the body that sealed the certificate entitled to do so for the one that awarded it?
about-completeness = Is everything there that this kind of certificate must state?
about-parts = Are the certificates on which this one rests still valid?
about-recipient = Does the e-mail address that you type belong to this certificate?
about-test = Is it a test certificate?
about-outcomes = Five possible outcomes
about-pass = We checked it, and it is good.
about-fail = We checked it, and it is not good.
about-indeterminate = We could not check it, for example because another website did not answer. We never show that as good.
about-not-applicable = This certificate does not have it, for example no end date.
about-not-run = An earlier fault made this check pointless.
about-limits = What a signature does not say
about-limit-care = A signature shows who sealed which text. It does not say whether the judgement was careful. So read who judged, how, and on what basis.
about-limit-person = It does not say that the person in front of you is the holder. Ask for an identity document where that matters.
about-limit-today = It does not say what the person can still do today. The certificate is about the moment of the decision.
about-limit-right = It gives no right to an exemption, admission or a bonus. Others decide on that.
about-not-done = What we do not do
about-not-done-judge = We do not judge people. The institution decides; we seal, keep and check.
about-not-done-record = We keep no record of who checks which certificate.
about-elsewhere = Checking elsewhere
about-elsewhere-file = Keep the signed file. Any program that checks Open Badges 3.0 by the standard can check it, also without this website.
about-elsewhere-status = Only the status needs the address in the file. When that is gone, the content can still be checked and the status is unknown.
about-elsewhere-developers = For developers: the checking is also an API, and a program for your own computer.

## What a status means

states-title = What the status means
states-lead = One sentence stands above each certificate. Here is what it means and what you can do.
state-valid = Genuine and valid
state-valid-meaning = The issuer sealed this, nothing changed, and it is not withdrawn or suspended.
state-valid-action = Read what the person can do and how that was judged.
state-unsure = Not everything could be checked
state-unsure-meaning = We found no fault, but something could not be checked, for example the status.
state-unsure-action = Do not treat the certificate as confirmed yet. Try again later, or ask the issuer.
state-wrong = The content does not match the signature
state-wrong-meaning = Somebody changed something, or this issuer did not seal it.
state-wrong-action = Do not trust this certificate. Ask the holder for the original file or the link.
state-suspended = Suspended
state-suspended-meaning = The certificate is not to be used for the time being, for example because of an appeal. That says nothing about who is right.
state-suspended-action = Check again later. A suspension can be lifted.
state-revoked = Withdrawn
state-revoked-meaning = The issuer no longer stands by this certificate. That is final. We do not show the reason.
state-revoked-action = Do not use this certificate. Questions about it are for the issuer.
state-superseded = Replaced
state-superseded-meaning = There is a newer version, for example to correct a spelling mistake. Being replaced is no reproach.
state-superseded-action = See the new version, or ask the holder for it.
state-expired = Past its end date
state-expired-meaning = The certificate is genuine, but the issuer gave it an end date, and that has passed.
state-expired-action = Ask whether there is a newer certificate. Judge for yourself whether the content is still current.
state-early = Not started yet
state-early-meaning = The certificate is genuine, but only counts from a later day.
state-early-action = Check again from the start date on.
state-unknown-issuer = Issuer not known
state-unknown-issuer-meaning = The signature is correct, but we do not know who this issuer is. Anybody can make an issuer with a fine name.
state-unknown-issuer-action = Find out for yourself who this is, by a way that does not come from the issuer.
state-test = Test
state-test-meaning = The certificate is for trying things out. It has no value.
state-test-action = Ask for a real certificate.
state-closed = Closed by the holder
state-closed-meaning = The holder decides who sees the certificate and keeps the page closed for now. That says nothing about the certificate.
state-closed-action = Ask the holder to open the page, or for a link or the file.
state-gone = Not available
state-gone-meaning = This address shows nothing: it does not exist, the link has ended, or the data was erased. Which of these, we do not say on purpose.
state-gone-action = Ask the holder for a new link.

## What it is worth

worth-title = What your certificate is worth
worth-lead = A certificate does not open doors by itself. It does give others the facts to decide quickly.
worth-states = What it states
worth-states-what = What you can do, at which level, and how much time or how many credits go with it.
worth-states-how = Who judged that, how, and on what basis.
worth-states-who = Which institution awarded it, and when.
worth-states-genuine = That it is genuine. Anybody can check that, free and without an account.
worth-not = What it does not give
worth-not-exemption = No automatic exemption. Each programme decides on that itself.
worth-not-diploma = No diploma and no degree.
worth-not-right = No right to a job, a wage, a bonus or admission.
worth-not-expiry = Without an end date the certificate stays valid. Whoever reads it decides whether the content is still current.
worth-exemption = How to ask for an exemption
worth-exemption-find = Look on the programme’s website how and by when to ask for an exemption. Do it before you enrol or soon after.
worth-exemption-send = Send the link of your certificate along, or the file. Open the page first, otherwise nobody sees anything.
worth-exemption-say = Say for which course you ask an exemption, and which competences of your certificate go with it.
worth-exemption-answer = Are you refused? Ask why, and how you can appeal.
worth-employer = With an employer
worth-employer-show = Give the link or show the QR code. Your employer sees at once whether it is genuine and what you can do.
worth-employer-choose = You need not show everything. On your own page you make a link with only the competences that you choose.
worth-keep = Keeping it
worth-keep-file = Keep the file in two places. It can still be checked when this website is gone.
worth-keep-wrong = Is there a mistake on it? Ask the institution for a correction. You then get a new certificate that replaces the old one.

## Privacy

privacy-title = What we keep and what we do not
privacy-lead = This website uses no cookies and follows nobody.
privacy-visitors = When you look at something or check it
privacy-visitors-file = We do not keep a file or e-mail address that you give to check.
privacy-visitors-log = The log of this service says what kind of page was asked for and how long that took. It does not say which certificate it was, nor your internet address.
privacy-visitors-nothing = The pages load nothing from other websites.
privacy-holders = When you have a certificate
privacy-holders-document = We keep the signed certificate, with all that is on it, and when it was issued, changed or replaced.
privacy-holders-address = Your e-mail address is not readable on the certificate. When we send you a message, we keep the address protected until the message has left.
privacy-holders-consent = We keep when your own page was first opened, when you opened or closed your certificate, and which links you made. So you can undo it, too.
privacy-holders-not = We get no portfolio, no national number, no date of birth and no photograph.
privacy-shared = Who sees what
privacy-shared-page = While your certificate’s page is closed, nobody sees anything, not by the QR code either. While it is open, everybody with the link sees all that is on the certificate.
privacy-shared-search = We ask search engines not to list the pages. A preview of a link never shows your name.
privacy-shared-status = To check a status one fetches a long list. That does not tell which certificate it was about.
privacy-concerns = When you report a concern
privacy-concerns-kept = Your report and the address that you give go to the institution that issued the certificate. We count reports for a short time, to prevent abuse.
privacy-rights = Your rights
privacy-rights-ask = The institution that issued your certificate decides about your data. Ask it for access, correction or erasure.
privacy-rights-erase = After erasure this website shows nothing of your certificate any more. The file that you keep yourself can still be checked.
privacy-operator = The operator’s privacy statement

## Accessibility

accessibility-title = Accessibility
accessibility-lead = Everybody should be able to use these pages. Our aim is WCAG 2.2, level AA.
accessibility-tested = What was tested
accessibility-tested-how = The makers test the pages automatically in a browser, in three languages, on a narrow and a wide screen:
accessibility-tested-keyboard = everything can be reached by keyboard, and you see where you are;
accessibility-tested-zoom = text at twice the size still fits on the screen;
accessibility-tested-axe = the program axe-core finds no faults against WCAG 2.2 AA, such as too little contrast or a field without a name;
accessibility-tested-scripts = the pages work without scripts.
accessibility-untested = What was not tested
accessibility-untested-people = The makers did not test with people with a disability, nor with every screen reader.
accessibility-untested-audit = There was no independent audit. Automatic tests do not find everything.
accessibility-untested-texts = What an institution itself writes on a certificate we cannot check. Sometimes it is there in one language only.
accessibility-operator = Statement of the operator
accessibility-contact = Report a problem
accessibility-contact-how = Does something not work for you? Tell us. Say on which page it was and what you used. You may also ask for the information in another form.
accessibility-contact-none = The operator of this website has not filled in a contact address yet. Contact the institution that issued the certificate.
contact-by-mail = Mail to { $address }
contact-by-page = The operator’s contact page
