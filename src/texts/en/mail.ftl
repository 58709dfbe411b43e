### A passage of a mail.

subject = Your certificate: { $title }
test-mark = TEST
test = TEST – this is not a real certificate.
greeting = Hello,
given = You have received a digital certificate from { $issuer }.
again = You are getting this link again because it was asked for.
title = Certificate
kind = Kind
issuer = Issuer
open = Open your certificate
what-to-do = On that page you can see, keep and print your certificate. You choose who may see it. You need no account.
secret = The link is for you alone. Whoever has it can do what you can do. Keep this mail and do not forward it.
questions = Do you have a question, or did you not expect a certificate? Write to { $issuer }: { $contact }
questions-no-contact = Do you have a question, or did you not expect a certificate? Ask { $issuer }.
automatic = This mail was sent automatically.
concern-subject = A concern about one of your certificates
concern-lead = Somebody has reported a concern about a certificate of { $issuer }.
concern-kind = Kind of concern
concern-certificate = Certificate
concern-number = Certificate number
concern-reference = Number of the report
concern-words = What was written is not in this mail. Your application reads it in the register, at this address:
