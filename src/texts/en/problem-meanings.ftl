### What a kind of problem means and what to do about it.

bad-request = A header or a part of the address is malformed. The detail says which.
broken-json = The body is not well-formed JSON, repeats a member, or is nested too deeply. The detail says where. Nothing was done.
unauthorized = Send `Authorization: Bearer` with a token of this installation that has not been revoked.
insufficient-scope = The token is valid, but its client lacks the scope that the detail names.
closed-by-holder = The holder decides who sees a certificate. Ask the holder to open it, or for the file.
not-found = The address is unknown, or what it named is not available, or not to this client. These cases are answered alike on purpose.
method-not-allowed = The header Allow lists the methods of this address.
released-immutable = Signed bytes are served as they were released. Issue a correction, which replaces the certificate, or change its status.
not-acceptable = None of the media types in Accept is offered here, or the issuer has no key for the token that was asked for. The detail says what to do.
timeout = The body came too slowly. Nothing was done. Send it again.
request-in-flight = A request with this Idempotency-Key is in flight. Try again after Retry-After; the answer will be the same certificate.
idempotency-mismatch = A key names one request. Use a fresh key for another body.
revocation-final = The certificate is revoked or superseded: `state` says which, `stateSince` since when. So it is after a revocation that was sent again, too. A wrong revocation is repaired by issuing a successor.
suspension-not-enabled = It carries no suspension entry, because its issuer had not switched suspension on. A suspension would be invisible to other verifiers.
conflict = The state is not what the request supposes. Read the management view, then decide.
issuer-closed = Since it closed nothing is issued and no status changes. Who keeps the certificates stands on the page of the issuer.
version-frozen = What is published under a version never changes, because certificates refer to it. Publish the change as a new version.
not-erased = Only what was erased before can be purged. Erase it first.
retained = `retainedUntil` is the first day on which the rest may be purged. Before that day it needs a reason.
certificate-erased = The Idempotency-Key led to a certificate whose data were erased on request. It is not given out and not issued again. For another award use a fresh key.
too-large = The detail says how many bytes are taken.
unsupported-media-type = The detail lists the media types that are taken here, or names the Content-Encoding that is not.
invalid-request = Each entry of `errors` names the member, the rule, what is wrong and what to do. All faults are listed at once. Nothing was signed or recorded.
internal = The request id leads to the cause in the log of the operator.
busy = Try again after Retry-After, with the same Idempotency-Key.
unavailable = Storage or keys are not available. Try again after Retry-After, with the same Idempotency-Key: whether the request was recorded is then settled.
