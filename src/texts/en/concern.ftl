### A text about reports of concerns.

heading = Report a concern about this certificate
lead = Is something wrong with this certificate? Write it here. Your report goes to the issuer of the certificate, with its number. You need no account.
kind-legend = What is it about?
not-genuine = I think that this certificate is forged
wrong-content = Something in it is wrong
misuse = Somebody misuses it, for example somebody else’s certificate
other = Something else
text-label = What is the matter?
text-help = At most { $most } characters. Write no more about people than is needed.
contact-label = How can the issuer reach you? (optional)
contact-help = An e-mail address or telephone number. Without one the issuer cannot answer you.
trap = Leave this field empty
button = Send the report
faults-heading = Your report is not sent yet
kind-missing = Choose what it is about.
text-missing = Write what is the matter.
text-too-long = Your text is too long: at most { $most } characters.
contact-too-long = What you wrote to be reached is too long: at most { $most } characters.
characters = There are characters in it that we cannot keep.
received-title = Your report is sent
received = The issuer of the certificate can now read your report.
what-follows = The issuer decides what happens. Your report does not change the certificate.
back-to-certificate = Back to the certificate
link-text = Report a concern about this certificate
too-many-title = Too many reports
too-many = Too many reports came in a short time. Try again in an hour.
