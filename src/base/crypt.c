#include "base/crypt.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/ctx.h"

enum { ARGON_MEMORY_BYTES = 19 << 20, ARGON_TIME = 2, MAX_PASSWORD_BYTES = 1024 };

void crypt_start(void)
{
	check(sodium_init() >= 0);
}

static struct str hex_of(struct arena *a, const unsigned char hash[CRYPT_HASH_BYTES])
{
	char *hex = arena_alloc(a, 2 * CRYPT_HASH_BYTES + 1);
	sodium_bin2hex(hex, 2 * CRYPT_HASH_BYTES + 1, hash, CRYPT_HASH_BYTES);
	return (struct str){hex, 2 * CRYPT_HASH_BYTES};
}

struct str crypt_hash_hex(struct arena *a, struct str bytes)
{
	unsigned char hash[CRYPT_HASH_BYTES];
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)bytes.p, bytes.n, NULL, 0);
	return hex_of(a, hash);
}

struct crypt_hash {
	crypto_generichash_state *state; /* has to be aligned to 64 bytes */
};

struct crypt_hash *crypt_hash_begin(struct arena *a)
{
	struct crypt_hash *h = NEW(a, struct crypt_hash);
	char *room = arena_alloc(a, sizeof(*h->state) + 63);
	h->state = (void *)(((uintptr_t)room + 63) & ~(uintptr_t)63);
	crypto_generichash_init(h->state, NULL, 0, CRYPT_HASH_BYTES);
	return h;
}

void crypt_hash_add(struct crypt_hash *h, struct str bytes)
{
	crypto_generichash_update(h->state, (const unsigned char *)bytes.p, bytes.n);
}

struct str crypt_hash_end(struct arena *a, struct crypt_hash *h)
{
	unsigned char hash[CRYPT_HASH_BYTES];
	crypto_generichash_final(h->state, hash, sizeof(hash));
	return hex_of(a, hash);
}

struct str crypt_mac(struct arena *a, struct str key, struct str bytes)
{
	check(key.n == CRYPT_KEY_BYTES);
	unsigned char *mac = arena_alloc(a, CRYPT_HASH_BYTES);
	crypto_generichash(mac, CRYPT_HASH_BYTES, (const unsigned char *)bytes.p, bytes.n, (const unsigned char *)key.p,
	                   key.n);
	return (struct str){(const char *)mac, CRYPT_HASH_BYTES};
}

struct str crypt_sha256_hex(struct arena *a, struct str bytes)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)bytes.p, bytes.n);
	char *hex = arena_alloc(a, 2 * sizeof(hash) + 1);
	sodium_bin2hex(hex, 2 * sizeof(hash) + 1, hash, sizeof(hash));
	return (struct str){hex, 2 * sizeof(hash)};
}

struct str crypt_hmac_sha256_base64(struct arena *a, struct str key, struct str bytes)
{
	enum { ROOM = sodium_base64_ENCODED_LEN(crypto_auth_hmacsha256_BYTES, sodium_base64_VARIANT_ORIGINAL) };
	crypto_auth_hmacsha256_state state;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_init(&state, (const unsigned char *)key.p, key.n);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)bytes.p, bytes.n);
	crypto_auth_hmacsha256_final(&state, mac);
	char *text = arena_alloc(a, ROOM);
	sodium_bin2base64(text, ROOM, mac, sizeof(mac), sodium_base64_VARIANT_ORIGINAL);
	return str_c(text);
}

bool crypt_equal(struct str x, struct str y)
{
	return x.n == y.n && (x.n == 0 || sodium_memcmp(x.p, y.p, x.n) == 0);
}

enum err crypt_password_hash(struct ctx *c, struct str password, struct str *out)
{
	if (password.n > MAX_PASSWORD_BYTES)
		return fail_field(c, STR("password"), STR("TOO_LONG"), "The password is longer than %d bytes.",
		                  MAX_PASSWORD_BYTES);
	char *hash = arena_alloc(c->a, crypto_pwhash_STRBYTES);
	if (crypto_pwhash_str(hash, password.p ? password.p : "", password.n, ARGON_TIME, ARGON_MEMORY_BYTES) != 0)
		return fail(c, ERR_BUSY, "argon2id: no memory");
	*out = str_c(hash);
	return OK;
}

bool crypt_password_fits(struct arena *a, struct str hash, struct str password)
{
	/* argon2id of a random word, so that an unknown user takes as long as a known one */
	static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$K0GhKqSEuWzO4sZZlv3Fxw$"
	                             "x1J0zS1cKJbF7e5y9qzHy2m6cS0nT1bF8Q0hYp8lq3E";
	bool is_known = hash.n > 0;
	const char *stored = is_known ? str_z(a, hash) : nobody;
	if (password.n > MAX_PASSWORD_BYTES)
		return false;
	bool fits = crypto_pwhash_str_verify(stored, password.p ? password.p : "", password.n) == 0;
	return fits && is_known;
}

struct str crypt_seal(struct arena *a, struct str key, struct str secret)
{
	check(key.n == crypto_secretbox_KEYBYTES);
	size_t n = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret.n;
	unsigned char *box = arena_alloc(a, n);
	randombytes_buf(box, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, (const unsigned char *)secret.p, secret.n, box,
	                      (const unsigned char *)key.p);
	return crypt_base64url(a, (struct str){(const char *)box, n});
}

bool crypt_unseal(struct arena *a, struct str key, struct str sealed, struct str *out)
{
	struct str box;
	size_t least = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
	check(key.n == crypto_secretbox_KEYBYTES);
	if (!crypt_from_base64url(a, sealed, &box) || box.n < least)
		return false;
	unsigned char *secret = arena_alloc(a, box.n - least + 1);
	const unsigned char *bytes = (const unsigned char *)box.p;
	if (crypto_secretbox_open_easy(secret, bytes + crypto_secretbox_NONCEBYTES, box.n - crypto_secretbox_NONCEBYTES,
	                               bytes, (const unsigned char *)key.p) != 0)
		return false;
	*out = (struct str){(const char *)secret, box.n - least};
	return true;
}

struct str crypt_base64url(struct arena *a, struct str bytes)
{
	size_t room = sodium_base64_encoded_len(bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_alloc(a, room);
	sodium_bin2base64(text, room, (const unsigned char *)bytes.p, bytes.n,
	                  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return (struct str){text, room - 1};
}

bool crypt_from_base64url(struct arena *a, struct str text, struct str *out)
{
	size_t n = 0;
	unsigned char *bytes = arena_alloc(a, text.n + 1);
	if (sodium_base642bin(bytes, text.n, text.p, text.n, NULL, &n, NULL,
	                      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return false;
	*out = (struct str){(const char *)bytes, n};
	return true;
}

static const char base32_digits[] = "abcdefghijklmnopqrstuvwxyz234567";

struct str crypt_base32(struct arena *a, struct str bytes)
{
	char *text = arena_alloc(a, bytes.n * 8 / 5 + 2);
	size_t n = 0;
	uint32_t bits = 0;
	int bit_n = 0;
	for (size_t i = 0; i < bytes.n; i++) {
		bits = bits << 8 | (unsigned char)bytes.p[i];
		for (bit_n += 8; bit_n >= 5; bit_n -= 5)
			text[n++] = base32_digits[bits >> (bit_n - 5) & 31];
	}
	if (bit_n > 0)
		text[n++] = base32_digits[bits << (5 - bit_n) & 31];
	return (struct str){text, n};
}

bool crypt_from_base32(struct arena *a, struct str text, struct str *out)
{
	char *bytes = arena_alloc(a, text.n * 5 / 8 + 1);
	size_t n = 0;
	uint32_t bits = 0;
	int bit_n = 0;
	for (size_t i = 0; i < text.n; i++) {
		char byte = text.p[i] >= 'A' && text.p[i] <= 'Z' ? (char)(text.p[i] + 32) : text.p[i];
		const char *digit = byte ? strchr(base32_digits, byte) : NULL;
		if (digit == NULL)
			return false;
		bits = bits << 5 | (uint32_t)(digit - base32_digits);
		bit_n += 5;
		if (bit_n >= 8) {
			bit_n -= 8;
			bytes[n++] = (char)(bits >> bit_n & 255);
		}
	}
	/* one text for one value: what is left over has to be the zeros that crypt_base32 puts there */
	if (bit_n >= 5 || (bits & ((1U << bit_n) - 1)) != 0)
		return false;
	*out = (struct str){bytes, n};
	return true;
}
