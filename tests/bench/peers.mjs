// The programs that the file path is measured beside, each as `name → { encrypt, decrypt }` over bytes in memory.
import {
  AlgorithmSuiteIdentifier,
  CommitmentPolicy,
  RawAesKeyringWebCrypto,
  RawAesWrappingSuiteIdentifier,
  buildClient,
} from "@aws-crypto/client-browser";
import { gcm } from "@noble/ciphers/aes.js";
import { Buffer } from "buffer";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import sodium from "libsodium-wrappers";

// AWS's client takes it for granted.
globalThis.Buffer = Buffer;

const CHUNK = 64 * 1024;

/** AWS's own client for browsers, at its default frame of 4 KiB or at another, signed or not. */
async function aws(frameLength, suiteId) {
  const wrappingSuite = RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING;
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const masterKey = await RawAesKeyringWebCrypto.importCryptoKey(raw, wrappingSuite);
  const keyring = new RawAesKeyringWebCrypto({ keyName: "bench", keyNamespace: "bench", masterKey, wrappingSuite });
  const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
  return {
    encrypt: async (bytes) => (await encrypt(keyring, bytes, { frameLength, suiteId })).result,
    decrypt: async (message) => (await decrypt(keyring, message)).plaintext,
  };
}

async function age() {
  const identity = await generateX25519Identity();
  const [encrypter, decrypter] = [new Encrypter(), new Decrypter()];
  encrypter.addRecipient(await identityToRecipient(identity));
  decrypter.addIdentity(identity);
  return { encrypt: (bytes) => encrypter.encrypt(bytes), decrypt: (message) => decrypter.decrypt(message) };
}

/** Pieces of so many bytes of an array. */
const pieces = (bytes, length) =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, n) => bytes.subarray(n * length, (n + 1) * length));

function joined(parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function libsodium() {
  await sodium.ready;
  const key = sodium.crypto_secretstream_xchacha20poly1305_keygen();
  let header;
  return {
    encrypt: async (bytes) => {
      const stream = sodium.crypto_secretstream_xchacha20poly1305_init_push(key);
      header = stream.header;
      return joined(pieces(bytes, CHUNK).map((piece) => sodium.crypto_secretstream_xchacha20poly1305_push(stream.state, piece, null, 0)));
    },
    decrypt: async (message) => {
      const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key);
      const parts = pieces(message, CHUNK + sodium.crypto_secretstream_xchacha20poly1305_ABYTES);
      return joined(parts.map((part) => sodium.crypto_secretstream_xchacha20poly1305_pull(state, part).message));
    },
  };
}

/** AES-256-GCM in JavaScript. */
function noble() {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const nonce = new Uint8Array(12);
  return {
    encrypt: async (bytes) => joined(pieces(bytes, CHUNK).map((piece) => gcm(key, nonce).encrypt(piece))),
    decrypt: async (message) => joined(pieces(message, CHUNK + 16).map((piece) => gcm(key, nonce).decrypt(piece))),
  };
}

const { ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY: unsigned, ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY_ECDSA_P384: signed } =
  AlgorithmSuiteIdentifier;

/** All of them, ready to use. */
export const peers = async () => ({
  "client-browser, default (0x0578, 4 KiB)": await aws(4096, signed),
  "client-browser, 0x0578, 256 KiB": await aws(262144, signed),
  "client-browser, 0x0478, 4 KiB": await aws(4096, unsigned),
  "client-browser, 0x0478, 256 KiB": await aws(262144, unsigned),
  "age-encryption": await age(),
  "libsodium secretstream, 64 KiB": await libsodium(),
  "@noble/ciphers AES-GCM, 64 KiB": noble(),
});
