### What a kind of problem is called, the same for every occurrence.

bad-request = The request cannot be understood
broken-json = The body is not JSON
unauthorized = A valid token is needed
insufficient-scope = The token does not give this right
closed-by-holder = The holder keeps this page closed
not-found = There is no such thing here
method-not-allowed = This method is not used here
released-immutable = A released certificate does not change
not-acceptable = Not available in this media type
timeout = The request did not arrive in time
request-in-flight = The same request is being handled
idempotency-mismatch = The Idempotency-Key was used with another request
revocation-final = A revocation cannot be undone
suspension-not-enabled = This certificate cannot be suspended
conflict = It contradicts what is recorded
issuer-closed = The issuer closed
version-frozen = This version is published with other content
not-erased = The certificate was not erased
retained = The retention period is not over
certificate-erased = What this request led to was erased
too-large = The body is too large
unsupported-media-type = The body is of another media type
invalid-request = The request breaks one or more rules
internal = Something went wrong on our side
busy = Too much work is waiting
unavailable = The service cannot do this now
