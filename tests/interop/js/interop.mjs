// An independent implementation as a black box: one JSON request on stdin, one JSON answer on
// stdout. Nothing is fetched: every document a verification needs comes with the request.
//
// {"op":"sign","suite":"eddsa-rdfc-2022","credential":{...},"seedHex":"...","documents":{url:doc}}
//   -> {"signed":{...}}; the issuer and key are the did:key of the seed, or for the ECDSA suites of
//   a key that is made on the spot ("curve"); with "mandatory" and "selective" pointers it is a
//   derived proof, and "base" is what it was derived from
// {"op":"present","seedHex":"...","domain":"...","challenge":"..."} -> {"signed":{...}}
// {"op":"verify","credential":{...},"documents":{...},"checkStatus":true|false}
//   -> {"verified":bool,"errors":[...],"statusVerified":bool|null}
// {"op":"verify-jws","token":"...","jwk":{...}} -> {"verified":bool,"payload":...,"header":...}
// {"op":"sign-jws","payload":{...},"alg":"ES256","typ":"vc+jwt"} -> {"token":...,"jwk":{...}}
import {readFileSync} from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import {cryptosuite as ecdsa} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as disclosure from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalbazaar/ed25519-verification-key-2020';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as jcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as jose from 'jose';

function didKeyDocument(did) {
  const multikey = did.slice('did:key:'.length);
  const id = `${did}#${multikey}`;
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1', id, type: 'Multikey', controller: did,
    publicKeyMultibase: multikey
  };
  const {'@context': _, ...embedded} = method;
  return {
    method,
    document: {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: did, verificationMethod: [embedded], assertionMethod: [id], authentication: [id]
    }
  };
}

function loaderFor(documents = {}) {
  return async url => {
    if(url in documents) {
      return {contextUrl: null, documentUrl: url, document: documents[url]};
    }
    if(url.startsWith('did:')) {
      const [did, fragment] = url.split('#');
      const controller = documents[did] ??
        (did.startsWith('did:key:') ? didKeyDocument(did).document : undefined);
      if(controller) {
        if(!fragment) {
          return {contextUrl: null, documentUrl: url, document: controller};
        }
        const found = controller.verificationMethod.find(m => m.id === url);
        if(found) {
          const document = {'@context': 'https://w3id.org/security/multikey/v1', ...found};
          return {contextUrl: null, documentUrl: url, document};
        }
      }
      throw new Error(`not supplied: ${url}`);
    }
    return vc.defaultDocumentLoader(url);
  };
}

function describe(error) {
  if(!error) {
    return [];
  }
  const inner = error.errors ?? error.cause?.errors ?? [];
  return [String(error.message ?? error), ...inner.flatMap(describe)];
}

const suiteOf = (name, use) => {
  if(name === 'eddsa-rdfc-2022') {
    return rdfc;
  }
  if(name === 'eddsa-jcs-2022') {
    return use === 'sign' ? jcs.createSignCryptosuite() : jcs.createVerifyCryptosuite();
  }
  if(name === 'ecdsa-rdfc-2019') {
    return ecdsa;
  }
  if(name === 'ecdsa-sd-2023') {
    return disclosure.createVerifyCryptosuite();
  }
  throw new Error(`no such suite: ${name}`);
};

function named(key, publicKeyMultibase) {
  key.controller = `did:key:${publicKeyMultibase}`;
  key.id = `${key.controller}#${publicKeyMultibase}`;
  return key;
}

async function ed25519(seedHex) {
  const seed = Uint8Array.from(Buffer.from(seedHex, 'hex'));
  const key = await Ed25519Multikey.generate({seed});
  return named(key, (await key.export({publicKey: true})).publicKeyMultibase);
}

async function keyAndSuite({suite, seedHex, curve, created, mandatory}) {
  if(suite === 'Ed25519Signature2020') {
    const seed = Uint8Array.from(Buffer.from(seedHex, 'hex'));
    const key = await Ed25519VerificationKey2020.generate({seed});
    named(key, key.publicKeyMultibase);
    return {key, suite: new Ed25519Signature2020({key, date: created})};
  }
  let key;
  if(suite.startsWith('ecdsa')) {
    key = await EcdsaMultikey.generate({curve});
    named(key, (await key.export({publicKey: true})).publicKeyMultibase);
  } else {
    key = await ed25519(seedHex);
  }
  const cryptosuite = suite === 'ecdsa-sd-2023' ?
    disclosure.createSignCryptosuite({mandatoryPointers: mandatory}) : suiteOf(suite, 'sign');
  return {
    key, suite: new DataIntegrityProof({signer: key.signer(), cryptosuite, date: created})
  };
}

async function answer(request) {
  const documentLoader = loaderFor(request.documents);
  switch(request.op) {
    case 'sign': {
      const {key, suite} = await keyAndSuite(request);
      const credential = structuredClone(request.credential);
      credential.issuer = {...credential.issuer, id: key.controller};
      const signed = await vc.issue({credential, suite, documentLoader});
      if(request.suite !== 'ecdsa-sd-2023') {
        return {signed};
      }
      const cryptosuite =
        disclosure.createDiscloseCryptosuite({selectivePointers: request.selective});
      const derived = await vc.derive({
        verifiableCredential: structuredClone(signed),
        suite: new DataIntegrityProof({cryptosuite}), documentLoader
      });
      return {signed: derived, base: signed};
    }
    case 'present': {
      const key = await ed25519(request.seedHex);
      const suite = new DataIntegrityProof({signer: key.signer(), cryptosuite: rdfc});
      const {domain, challenge} = request;
      const presentation = vc.createPresentation({
        verifiableCredential: request.credentials, holder: key.controller
      });
      const signed = await vc.signPresentation({
        presentation, suite, domain, challenge, documentLoader
      });
      return {signed};
    }
    case 'verify': {
      const proof = request.credential.proof ?? {};
      const suite = new DataIntegrityProof({cryptosuite: suiteOf(proof.cryptosuite, 'verify')});
      const options = {credential: request.credential, suite, documentLoader};
      if(request.now) {
        options.now = new Date(request.now);
      }
      // The library refuses a credential with a status unless it is told how to check it; a request
      // that asks for the proof alone says so.
      options.checkStatus = request.checkStatus ?
        o => checkStatus({
          ...o, documentLoader,
          suite: new DataIntegrityProof({cryptosuite: rdfc}),
          verifyBitstringStatusListCredential: true
        }) :
        async () => ({verified: true});
      const result = await vc.verifyCredential(options);
      return {
        verified: result.verified,
        errors: describe(result.error),
        status: result.statusResult ?? null
      };
    }
    case 'verify-jws': {
      const key = await jose.importJWK(request.jwk, request.alg);
      const {payload, protectedHeader} = await jose.compactVerify(request.token, key);
      return {
        verified: true, header: protectedHeader,
        payload: JSON.parse(new TextDecoder().decode(payload))
      };
    }
    case 'sign-jws': {
      const {privateKey, publicKey} = await jose.generateKeyPair(request.alg, {
        extractable: true
      });
      const jwk = await jose.exportJWK(publicKey);
      const header = {alg: request.alg, ...request.header};
      const token = await new jose.CompactSign(Buffer.from(JSON.stringify(request.payload)))
        .setProtectedHeader(header).sign(privateKey);
      return {token, jwk};
    }
    default:
      throw new Error(`no such op: ${request.op}`);
  }
}

const requests = JSON.parse(readFileSync(0, 'utf8'));
const answers = [];
for(const request of requests) {
  try {
    answers.push(await answer(request));
  } catch(error) {
    answers.push({verified: false, errors: describe(error)});
  }
}
process.stdout.write(JSON.stringify(answers));
