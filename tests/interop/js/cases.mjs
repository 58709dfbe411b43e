// Makes the inputs of tests/cases that other implementations signed: `node cases.mjs > FILE`.
// Signatures by ECDSA differ from run to run; the cases keep what one run made.
import {readFileSync} from 'node:fs';

import jsigs from 'jsonld-signatures';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {createSignCryptosuite as eddsaJcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalbazaar/ed25519-verification-key-2020';

const contexts = new URL('../../../schemas/contexts/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', contexts)));
const files = new Map((manifest.contexts ?? manifest).map(one => [one.url, one.file]));
async function documentLoader(url) {
  const file = files.get(url);
  if(!file) { throw new Error(`not bundled: ${url}`); }
  const document = JSON.parse(readFileSync(new URL(file, contexts)));
  return {contextUrl: null, documentUrl: url, document};
}

const V2 = 'https://www.w3.org/ns/credentials/v2';
const V1 = 'https://www.w3.org/2018/credentials/v1';
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const date = '2026-02-02T09:15:00Z';
const keyed = async make => {
  const key = await make();
  const did = `did:key:${key.publicKeyMultibase}`;
  key.id = `${did}#${key.publicKeyMultibase}`;
  key.controller = did;
  return {key, did};
};
const p256 = await keyed(() => EcdsaMultikey.generate({curve: 'P-256'}));
const p384 = await keyed(() => EcdsaMultikey.generate({curve: 'P-384'}));
const seed = n => new Uint8Array(32).fill(n);
const ed = await keyed(() => Ed25519Multikey.generate({seed: seed(41)}));
const holder = await keyed(() => Ed25519Multikey.generate({seed: seed(42)}));
const old = await keyed(() => Ed25519VerificationKey2020.generate({seed: seed(43)}));

const plain = (issuer, n) => ({
  '@context': [V2],
  id: `urn:uuid:7a1c0000-0000-4000-8000-0000000000${n}`,
  type: ['VerifiableCredential'],
  issuer,
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: {id: 'urn:uuid:7a1c0000-0000-4000-8000-000000000099', name: 'Voornaam Familienaam'}
});
const badge = (issuer, n) => ({
  '@context': [V2, OB],
  id: `urn:uuid:7a1c0000-0000-4000-8000-0000000000${n}`,
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Badge',
  issuer: {id: issuer, type: ['Profile'], name: 'Example University'},
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: {
    id: 'urn:uuid:7a1c0000-0000-4000-8000-000000000099',
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://badges.example/achievements/1', type: ['Achievement'], name: 'Communicating',
      description: 'Listens and explains.', criteria: {narrative: 'Assessed in practice.'}
    }
  }
});
const v1 = (issuer, n, context) => {
  const {validFrom: issuanceDate, ...rest} = badge(issuer, n);
  return {
    ...rest, issuanceDate,
    '@context': [V1, 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json', ...context]
  };
};
const sign = (document, suite) => jsigs.sign(document, {
  suite, purpose: new jsigs.purposes.AssertionProofPurpose(), documentLoader
});
const di = (key, cryptosuite) => new DataIntegrityProof({signer: key.signer(), cryptosuite, date});

const made = {};
made['ecdsa-rdfc-2019-p256'] = await sign(badge(p256.did, '01'), di(p256.key, ecdsaRdfc));
made['ecdsa-rdfc-2019-p384'] = await sign(plain(p384.did, '02'), di(p384.key, ecdsaRdfc));
made['eddsa-rdfc-2022-badge'] = await sign(badge(ed.did, '03'), di(ed.key, eddsaRdfc));
made['eddsa-jcs-2022'] = await sign(plain(ed.did, '04'), di(ed.key, eddsaJcs()));
made['eddsa-rdfc-2022-v1'] = await sign(
  v1(ed.did, '05', ['https://w3id.org/security/data-integrity/v2']), di(ed.key, eddsaRdfc));
made['ed25519-signature-2020-v1'] = await sign(
  v1(old.did, '06', ['https://w3id.org/security/suites/ed25519-2020/v1']),
  new Ed25519Signature2020({key: old.key, date}));
const base = await sign(badge(p256.did, '07'), new DataIntegrityProof({
  signer: p256.key.signer(), date,
  cryptosuite: ecdsaSd.createSignCryptosuite({
    mandatoryPointers: ['/issuer', '/validFrom', '/credentialSubject/type']})
}));
made['ecdsa-sd-2023-base'] = base;
const derive = selectivePointers => jsigs.derive(base, {
  suite: new DataIntegrityProof({
    cryptosuite: ecdsaSd.createDiscloseCryptosuite({proofId: base.proof.id, selectivePointers})
  }),
  purpose: new jsigs.purposes.AssertionProofPurpose(), documentLoader
});
made['ecdsa-sd-2023-derived'] = await derive(['/name', '/credentialSubject/achievement']);
made['ecdsa-sd-2023-derived-little'] = await derive(['/name']);
const present = (document, purposed) => vc.signPresentation({
  presentation: document, suite: di(holder.key, eddsaRdfc), documentLoader, ...purposed});
made['presentation'] = await present({
  '@context': [V2], type: ['VerifiablePresentation'], holder: holder.did,
  verifiableCredential: [made['eddsa-rdfc-2022-badge'], made['ecdsa-rdfc-2019-p256']]
}, {challenge: 'c-1', domain: 'verifier.example'});
made['presentation-of-derived'] = await present({
  '@context': [V2], type: ['VerifiablePresentation'], holder: holder.did,
  verifiableCredential: [made['ecdsa-sd-2023-derived']]
}, {challenge: 'c-1'});
const endorsement = await sign({
  '@context': [V2, OB],
  id: 'urn:uuid:7a1c0000-0000-4000-8000-000000000008',
  type: ['VerifiableCredential', 'EndorsementCredential'],
  name: 'Endorsement',
  issuer: {id: p256.did, type: ['Profile'], name: 'Example Sector Fund'},
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: {
    id: 'https://badges.example/achievements/1', type: ['EndorsementSubject'],
    endorsementComment: 'What the sector asks for.'
  }
}, di(p256.key, ecdsaRdfc));
const endorsed = badge(ed.did, '09');
endorsed.credentialSubject.achievement.endorsement = [endorsement];
made['endorsed'] = await sign(endorsed, di(ed.key, eddsaRdfc));
process.stdout.write(JSON.stringify(made, null, 1) + '\n');
