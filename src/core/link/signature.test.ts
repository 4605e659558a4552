import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import {
  readRequestInput,
  readSignatureValue,
  readTime,
  replySignable,
  requestSignable,
  signatureBase,
} from "./signature.ts";

/** RFC 9421 appendix B.2.6: key `test-key-ed25519` of B.1.4. */
const rfcKey = createPublicKey(`-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`);
const rfcSignature =
  "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";

test("the signature base is the one of RFC 9421: its Ed25519 example verifies", () => {
  const base = signatureBase(
    [
      ['"date"', "Tue, 20 Apr 2021 02:07:55 GMT"],
      ['"@method"', "POST"],
      ['"@path"', "/foo"],
      ['"@authority"', "example.com"],
      ['"content-type"', "application/json"],
      ['"content-length"', "18"],
    ],
    '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
  );
  const signature = Buffer.from(rfcSignature, "base64");
  assert.ok(verify(null, Buffer.from(base), rfcKey, signature));
  assert.ok(!verify(null, Buffer.from(`${base} `), rfcKey, signature));
});

const request = {
  method: "POST",
  path: "/link/v1/pay",
  contentDigest: "sha-256=:abc=:",
  timeMs: 1_795_000_000_123,
  nonce: "n".repeat(32),
  keyId: "k".repeat(43),
};

test("a request signs method, path, digest, time, nonce and key", () => {
  assert.equal(
    requestSignable(request).base,
    `"@method": POST
"@path": /link/v1/pay
"content-digest": sha-256=:abc=:
"chupiao-time": 1795000000123
"@signature-params": ("@method" "@path" "content-digest" "chupiao-time");created=1795000000;nonce="${request.nonce}";keyid="${request.keyId}";alg="ed25519";tag="chupiao-link-1"`,
  );
  const changes = [
    { method: "PUT" },
    { path: "/link/v1/ask" },
    { contentDigest: "sha-256=:abd=:" },
    { timeMs: request.timeMs + 1 },
    { nonce: "m".repeat(32) },
    { keyId: "j".repeat(43) },
  ];
  const bases = changes.map((change) => requestSignable({ ...request, ...change }).base);
  assert.equal(new Set([requestSignable(request).base, ...bases]).size, changes.length + 1);
});

test("a reply signs status, digest, time and the request that it answers", () => {
  const reply = {
    status: 200,
    contentDigest: "sha-256=:abc=:",
    timeMs: 1_795_000_000_123,
    keyId: "h".repeat(43),
    requestSignature: "c2ln",
  };
  assert.equal(
    replySignable(reply).base,
    `"@status": 200
"content-digest": sha-256=:abc=:
"chupiao-time": 1795000000123
"signature";req;key="chupiao": :c2ln:
"@signature-params": ("@status" "content-digest" "chupiao-time" "signature";req;key="chupiao");created=1795000000;keyid="${reply.keyId}";alg="ed25519";tag="chupiao-link-1"`,
  );
});

test("headers of another form are read as nothing", () => {
  const { input } = requestSignable(request);
  assert.deepEqual(readRequestInput(input), { nonce: request.nonce, keyId: request.keyId });
  assert.equal(readRequestInput('sig1=("@method");created=1;keyid="x"'), null);
  assert.equal(readSignatureValue(`chupiao=:${rfcSignature}:`), rfcSignature);
  assert.equal(readSignatureValue(`sig1=:${rfcSignature}:`), null);
  assert.equal(readSignatureValue("chupiao=:c2hvcnQ=:"), null);
  assert.equal(readTime("1795000000123"), 1_795_000_000_123);
  for (const odd of ["", "-1", "1e3", " 1", "1.5", "9".repeat(16)])
    assert.equal(readTime(odd), null);
});
