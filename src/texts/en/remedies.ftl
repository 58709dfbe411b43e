### What to do.

ask-for-the-file = Ask the holder or the issuer for the file itself: JSON, token, or a picture or PDF that carries it.
ask-for-the-original = Do not trust this version. Ask the holder for the original file or the link.
ask-for-a-presentation = Ask the holder to present the certificate, in answer to your question.
ask-the-issuer-for-another = Ask the issuer for a certificate that follows the standard.
try-another-verifier = Check it with another verifier too, or ask the issuer.
contact-the-issuer = Do not trust this certificate. Contact the issuer at an address that you look up yourself.
try-later = Try again later. If it still fails, ask the issuer.
ask-for-a-newer = Ask whether there is a newer certificate. Judge for yourself whether the content is still current.
wait-for-the-start = Check again from the start date on.
do-not-use = Do not use this certificate. Questions about it are for the issuer.
see-the-successor = See the new version, or ask the holder for it.
ask-again-later = Check again later; a suspension can be lifted.
ask-the-issuer-for-the-status = To be certain, ask the issuer whether it still stands.
look-at-each = Look at each certificate in this file by itself.
find-out-who-it-is = Find out for yourself who this issuer is, by a way that does not come from them.
ask-why-not-recognised = Find out who the issuer was on the day of issue, and whether that will do for you.
keep-the-day-of-issue = For this certificate the day of issue counts. Be careful with new certificates of this issuer.
leave-the-endorsement-out = Leave that endorsement out of account. The certificate itself does not depend on it.
ask-for-the-mandate = Ask the body that awarded it whether it had this sealed.
ask-for-what-is-missing = Ask the issuer for what is missing.
look-at-the-parts = Ask the holder for the parts and check each of them.
ask-for-identity = Ask for an identity document, and whether another address was used.
compare-the-holder = Type the holder’s e-mail address to compare it, or ask for an identity document.
not-for-use = This is for trying things out. Ask for a real certificate.
solve-what-is-above = First what is not in order above has to be.
