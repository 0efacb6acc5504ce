// Reads {jwks, issuer, badge, altered: [...]} from standard input. Verifies the badge (a VC-JWT) with jose, against the key set fetched
// over HTTP, the key that its kid leads to and the key in its header; prints header, payload and how many of the altered ones passed.
import { createRemoteJWKSet, importJWK, jwtVerify, decodeProtectedHeader } from 'jose';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { jwks, issuer, badge, altered } = JSON.parse(Buffer.concat(chunks));

const options = { algorithms: ['RS256'], issuer, requiredClaims: ['iss', 'sub', 'jti', 'nbf'] };
const keys = createRemoteJWKSet(new URL(jwks), { cooldownDuration: 3600000 });
const { payload, protectedHeader } = await jwtVerify(badge, keys, options);
const { kid } = decodeProtectedHeader(badge);
const named = await (await fetch(kid)).json();
await jwtVerify(badge, await importJWK(named, 'RS256'), options);
await jwtVerify(badge, await importJWK(protectedHeader.jwk, 'RS256'), options);

let passed = 0;
for (const one of altered) await jwtVerify(one, keys, options).then(() => passed++, () => { });
console.log(JSON.stringify({ header: protectedHeader, payload, named, passed }));
