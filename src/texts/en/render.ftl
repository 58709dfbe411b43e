### A text in a picture or paper.

qr-title = QR code of this certificate
qr-about = Scan the code or type the address: { $address }
as-of = As of { $date }: { $sentence }
download-pdf = To print, with the certificate attached (PDF)
check-now = Check for yourself whether this still holds. Scan the code or go to:
no-exemption = This certificate gives no automatic right to an exemption or to admission. Each programme decides for itself.
attached = The signed certificate is attached to this PDF file as certificate.json and can so be checked for good. A print on paper proves nothing by itself.
attached-about = The signed certificate
more = And { $count } more. The full list is at the address below and in the attachment.
shortened = Not everything fits on this sheet. The full text is at the address below and in the attachment.
name-in-other-script = The name is written in a script that this sheet cannot show. It is at the address below and in the attachment.
other-script = […] stands for characters that this sheet cannot show. The full text is at the address below and in the attachment.
