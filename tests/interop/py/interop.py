"""Independent implementations as a black box: a JSON array of requests on stdin, one of answers on
stdout. Nothing is fetched: every document a verification needs comes with the request.

{"op": "verify", "stack": "openvc"|"openbadgeslib", "credential": {...}, "documents": {url: doc}}
{"op": "verify-jws", "token": "...", "jwk": {...}}
{"op": "sign", "credential": {...}, "seedHex": "...", "suite": "...", "created": "..."}
-> {"verified": bool, "errors": [...]} or {"signed": {...}}
"""
import base64
import copy
import json
import sys
from datetime import datetime

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def multikey_to_jwk(multikey):
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = 0
    for character in multikey[1:]:
        number = number * 58 + alphabet.index(character)
    raw = number.to_bytes(34, "big")
    if raw[:2] != b"\xed\x01":
        raise ValueError("not an Ed25519 Multikey")
    x = base64.urlsafe_b64encode(raw[2:]).rstrip(b"=").decode()
    return {"kty": "OKP", "crv": "Ed25519", "x": x}


def encode_base58(raw):
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number, text = int.from_bytes(raw, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = alphabet[digit] + text
    return text


def key_for(request):
    method = request["credential"]["proof"]["verificationMethod"]
    did = method.split("#")[0]
    if did.startswith("did:key:"):
        return multikey_to_jwk(did[len("did:key:"):])
    document = request["documents"][did]
    if method not in document["assertionMethod"]:
        raise ValueError("the method is not listed under assertionMethod")
    for candidate in document["verificationMethod"]:
        if candidate["id"] == method:
            return multikey_to_jwk(candidate["publicKeyMultibase"])
    raise ValueError("the document does not have the method")


def verify_openvc(request):
    from openvc.proof.data_integrity import DataIntegrityProofSuite
    from openvc.proof.di_jcs import EddsaJcsProofSuite

    suites = {"eddsa-rdfc-2022": DataIntegrityProofSuite,
              "eddsa-jcs-2022": EddsaJcsProofSuite}
    suite = suites[request["credential"]["proof"]["cryptosuite"]]()
    contexts = {u: d for u, d in request.get("documents", {}).items() if u.startswith("http")}
    options = {"public_key_jwk": key_for(request)}
    if request.get("now"):
        options["now"] = datetime.fromisoformat(request["now"].replace("Z", "+00:00"))
    if suite.__class__ is DataIntegrityProofSuite:
        options["extra_contexts"] = contexts
    suite.verify(copy.deepcopy(request["credential"]), **options)
    return {"verified": True, "errors": []}


def verify_openbadgeslib(request):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from openbadgeslib.ob3.ldp import OB3LdpVerifier

    x = key_for(request)["x"]
    raw = base64.urlsafe_b64decode(x + "=" * (-len(x) % 4))
    pem = Ed25519PublicKey.from_public_bytes(raw).public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    OB3LdpVerifier(pubkey_pem=pem).verify(
        copy.deepcopy(request["credential"]), expected_recipient=request.get("recipient"))
    return {"verified": True, "errors": []}


def sign(request):
    from openvc.proof.data_integrity import DataIntegrityProofSuite
    from openvc.proof.di_jcs import EddsaJcsProofSuite

    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(request["seedHex"]))
    raw = private.public_key().public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    did = "did:key:z" + encode_base58(b"\xed\x01" + raw)

    class Key:
        alg = "EdDSA"
        kid = did + "#" + did[len("did:key:"):]

        def sign(self, data):
            return private.sign(data)

    credential = copy.deepcopy(request["credential"])
    credential["issuer"] = dict(credential["issuer"], id=did)
    suites = {"eddsa-rdfc-2022": DataIntegrityProofSuite,
              "eddsa-jcs-2022": EddsaJcsProofSuite}
    contexts = {u: d for u, d in request.get("documents", {}).items() if u.startswith("http")}
    options = {"signing_key": Key(), "verification_method": Key.kid,
               "created": datetime.fromisoformat(request["created"].replace("Z", "+00:00"))}
    if request["suite"] == "eddsa-rdfc-2022":
        options["extra_contexts"] = contexts
    return {"signed": suites[request["suite"]]().add_proof(credential, **options)}


def verify_jws(request):
    import jwt

    key = jwt.PyJWK(request["jwk"], algorithm=request["alg"])
    payload = jwt.decode(request["token"], key, algorithms=[request["alg"]],
                         options={"verify_exp": False, "verify_nbf": False, "verify_aud": False})
    return {"verified": True, "payload": payload,
            "header": jwt.get_unverified_header(request["token"])}


def answer(request):
    if request["op"] == "sign":
        return sign(request)
    if request["op"] == "verify-jws":
        return verify_jws(request)
    if request["op"] == "verify":
        stacks = {"openvc": verify_openvc, "openbadgeslib": verify_openbadgeslib}
        return stacks[request["stack"]](request)
    raise ValueError("no such op: " + request["op"])


def main():
    answers = []
    for request in json.load(sys.stdin):
        try:
            answers.append(answer(request))
        except Exception as error:  # a refusal is an answer
            answers.append({"verified": False, "errors": [f"{type(error).__name__}: {error}"]})
    json.dump(answers, sys.stdout)


main()
