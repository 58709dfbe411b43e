// The verifier that ours is compared with: npm @digitalbazaar/vc. `node verifier.mjs count|serve`
// reads one JSON object from standard input:
//   {"credential": {...}, "documents": {"<URL>": {...}}, "seconds": 5, "verifyList": false}
// `count` verifies the credential again and again in one warm process and prints one line of JSON;
// `serve` answers `POST /credentials/verify` by express until standard input ends.
//
// Everything is in memory: contexts, key document, status list. With `verifyList: false` the list
// counts as verified before, as in a cache; only its bit is read. Nothing is fetched.
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import express from 'express';

const contexts = new URL('../../schemas/contexts/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', contexts)));
const known = new Map(manifest.contexts.map(({url, file}) =>
  [url, JSON.parse(readFileSync(new URL(file, contexts)))]));

function keyDocument(url) {
  const [did, fragment] = url.split('#');
  const multikey = did.slice('did:key:'.length);
  const id = `${did}#${multikey}`;
  const context = 'https://w3id.org/security/multikey/v1';
  const method = {id, type: 'Multikey', controller: did, publicKeyMultibase: multikey};
  return fragment ? {'@context': context, ...method} : {
    '@context': ['https://www.w3.org/ns/did/v1', context],
    id: did, verificationMethod: [method], assertionMethod: [id]
  };
}

async function documentLoader(url) {
  let document = known.get(url);
  if(!document && url.startsWith('did:key:')) {
    document = keyDocument(url);
    known.set(url, document);
  }
  if(!document) {
    throw new Error(`not in memory: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document};
}

const suite = () => new DataIntegrityProof({cryptosuite});

async function verify(credential, verifyList) {
  return vc.verifyCredential({
    credential, suite: suite(), documentLoader,
    checkStatus: options => checkStatus({
      ...options, documentLoader, suite: suite(),
      verifyBitstringStatusListCredential: verifyList
    })
  });
}

const fail = result => {
  const causes = result.error?.errors ?? [result.error ?? result.statusResult?.error];
  throw new Error(`not verified: ${causes.map(String).join('; ')}`);
};

async function count({credential, seconds, verifyList}) {
  const text = JSON.stringify(credential);
  const run = async milliseconds => {
    const began = performance.now();
    const cpu = process.cpuUsage();
    let n = 0;
    do {
      const result = await verify(JSON.parse(text), verifyList);
      if(!result.verified) {
        fail(result);
      }
      n++;
    } while(performance.now() - began < milliseconds);
    const {user, system} = process.cpuUsage(cpu);
    return {count: n, seconds: (performance.now() - began) / 1e3, cpu: (user + system) / 1e6};
  };
  await run(Math.min(seconds, 3) * 1e3); // warm
  process.stdout.write(JSON.stringify(await run(seconds * 1e3)) + '\n');
}

function serve({verifyList}) {
  const app = express();
  app.use(express.json({limit: '1mb'}));
  app.post('/credentials/verify', async (request, response) => {
    const result = await verify(request.body.verifiableCredential, verifyList);
    const {verified, error} = result;
    response.status(verified ? 200 : 400).json({
      verified, checks: ['proof', 'credentialStatus'], error: error ? String(error) : undefined
    });
  });
  const server = app.listen(0, '127.0.0.1', () => {
    process.stdout.write(JSON.stringify({port: server.address().port}) + '\n');
  });
}

const lines = createInterface({input: process.stdin});
lines.once('line', async line => {
  const request = JSON.parse(line);
  for(const [url, document] of Object.entries(request.documents)) {
    known.set(url, document);
  }
  if(process.argv[2] === 'serve') {
    lines.once('close', () => process.exit(0));
    serve(request);
  } else {
    await count(request);
    process.exit(0);
  }
});
