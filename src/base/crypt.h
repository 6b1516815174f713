#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* Hashes, passwords and sealed secrets, by libsodium. No knobs. crypt_start() once, before any thread. */

struct arena;
struct ctx;

enum { CRYPT_HASH_BYTES = 32, CRYPT_KEY_BYTES = 32 };

void crypt_start(void);

/* BLAKE2b-256 of the bytes, in hex (64 characters): names of blobs, stored forms of tokens. */
struct str crypt_hash_hex(struct arena *a, struct str bytes);
/* The same of bytes that come in pieces. crypt_hash_end once, at the end. */
struct crypt_hash;
struct crypt_hash *crypt_hash_begin(struct arena *a);
void crypt_hash_add(struct crypt_hash *h, struct str bytes);
struct str crypt_hash_end(struct arena *a, struct crypt_hash *h);
/* Keyed BLAKE2b-256, raw (32 bytes): reply tokens, signed links. The key is 32 bytes. */
struct str crypt_mac(struct arena *a, struct str key, struct str bytes);
/* SHA-256 of the bytes, in hex; HMAC-SHA256 (RFC 2104) with a key of any length, in base64: what others verify. */
struct str crypt_sha256_hex(struct arena *a, struct str bytes);
struct str crypt_hmac_sha256_base64(struct arena *a, struct str key, struct str bytes);
/* In constant time. */
bool crypt_equal(struct str x, struct str y);

/* argon2id (RFC 9106), m = 19 MiB, t = 2: about 20 ms. Never inside a transaction. */
enum err crypt_password_hash(struct ctx *c, struct str password, struct str *out);
/* Does the password fit the stored hash? The null hash costs the same time and never fits. */
bool crypt_password_fits(struct arena *a, struct str hash, struct str password);

/* Seals a secret that has to be readable later (a mailbox's password): XSalsa20-Poly1305, base64url of nonce and box. */
struct str crypt_seal(struct arena *a, struct str key, struct str secret);
/* false when it was not sealed by this key. */
bool crypt_unseal(struct arena *a, struct str key, struct str sealed, struct str *out);

struct str crypt_base64url(struct arena *a, struct str bytes);
bool crypt_from_base64url(struct arena *a, struct str text, struct str *out);
/* RFC 4648 base32, lower case, without padding: safe in the local part of an address, whatever changes its case. */
struct str crypt_base32(struct arena *a, struct str bytes);
/* false also for a text that crypt_base32 would not have made, but for its case. */
bool crypt_from_base32(struct arena *a, struct str text, struct str *out);
