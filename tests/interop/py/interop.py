"""Independent implementations as a black box: a JSON array of requests on stdin, one of answers on
stdout. Nothing is fetched: every document a verification needs comes with the request.

{"op": "verify", "stack": "openvc"|"openbadgeslib", "credential": {...}, "documents": {url: doc}}
{"op": "verify-jws", "token": "...", "jwk": {...}}
{"op": "sign", "credential": {...}, "seedHex": "...", "suite": "...", "created": "..."}
{"op": "take", "carrier": "png"|"svg"|"pdf", "file": base64} -> {"credential": text, "facts": {...}}
-> {"verified": bool, "errors": [...]} or {"signed": {...}}
"""
import base64
import copy
import io
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


def take_png(raw):
    from PIL import Image

    image = Image.open(io.BytesIO(raw))
    image.load()
    text = image.text["openbadgecredential"]
    return text, {"size": list(image.size), "mode": image.mode, "ascii": text.isascii()}


def take_svg(raw):
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    root = etree.fromstring(raw, parser)
    elements = root.findall("{https://purl.imsglobal.org/ob/v3p0}credential")
    assert root.tag == "{http://www.w3.org/2000/svg}svg" and len(elements) == 1
    return elements[0].text, {"first": root[0] is elements[0], "ascii": elements[0].text.isascii()}


def kinds_of(element, found):
    """The tags under a structure element in order, with what describes and names them."""
    import pikepdf

    if isinstance(element, pikepdf.Array):
        for child in element:
            kinds_of(child, found)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        kind = str(element.S)[1:]
        found.append([kind, str(element["/Alt"]) if "/Alt" in element else None])
        if "/K" in element:
            kinds_of(element.K, found)


def marked_text(page):
    """How the contents of a page are marked: operators of showing text and painting that stand
    outside of every mark, and the languages of the marks."""
    import pikepdf

    depth, outside, languages = 0, 0, set()
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BMC", "BDC"):
            depth += 1
            if name == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
                if "/Lang" in operands[1]:
                    languages.add(str(operands[1]["/Lang"]))
        elif name == "EMC":
            depth -= 1
        elif name in ("Tj", "TJ", "'", '"', "f", "f*", "F", "S", "s", "B", "b", "Do", "sh"):
            outside += depth == 0
    return outside, sorted(languages)


def fonts_of(pdf):
    import pikepdf

    fonts = []
    for value in pdf.objects:
        if isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/FontDescriptor":
            embedded = any(name in value for name in ("/FontFile", "/FontFile2", "/FontFile3"))
            fonts.append([str(value.FontName)[1:], embedded])
    return sorted(fonts)


def take_pdf(raw):
    import pikepdf

    with pikepdf.open(io.BytesIO(raw)) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as xmp:
            identified = {name: str(xmp.get(name)) for name in (
                "pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "dc:title", "dc:language")}
        files = [[str(f.UF), str(f.AFRelationship)[1:], str(f.EF.F.Subtype)[1:]] for f in root.AF]
        structure = []
        kinds_of(root.StructTreeRoot.K, structure)
        page = pdf.pages[0]
        outside, languages = marked_text(page)
        names = {str(key) for value in pdf.objects if isinstance(value, pikepdf.Dictionary)
                 for key in value.keys()}
        facts = {
            "pages": len(pdf.pages), "encrypted": pdf.is_encrypted, "lang": str(root.Lang),
            "version": pdf.pdf_version, "marked": bool(root.MarkInfo.Marked),
            "titleShown": bool(root.ViewerPreferences.DisplayDocTitle),
            "identified": identified, "files": files, "structure": structure,
            "intents": [str(intent.S)[1:] for intent in root.OutputIntents],
            "profile": all("/DestOutputProfile" in intent for intent in root.OutputIntents),
            "fonts": fonts_of(pdf), "outside": outside, "languages": languages,
            "tabs": str(page.Tabs)[1:], "outline": "/Outlines" in root,
            "actions": sorted(names & {"/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch"}),
            "links": [[str(a.A.URI), str(a.Contents), int(a.F)] for a in page.Annots],
        }
        attached = pdf.attachments["certificate.json"].get_file().read_bytes()
    return attached.decode(), facts


def take(request):
    readers = {"png": take_png, "svg": take_svg, "pdf": take_pdf}
    credential, facts = readers[request["carrier"]](base64.b64decode(request["file"]))
    return {"credential": credential, "facts": facts}


def answer(request):
    if request["op"] == "take":
        return take(request)
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
