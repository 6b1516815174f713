#include "base/rand.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/crypt.h"

void rand_bytes(void *out, size_t n)
{
	randombytes_buf(out, n);
}

struct str rand_token(struct arena *a, size_t n)
{
	char *bytes = arena_alloc(a, n);
	randombytes_buf(bytes, n);
	return crypt_base64url(a, (struct str){bytes, n});
}

struct str rand_uuid(struct arena *a)
{
	unsigned char b[16];
	randombytes_buf(b, sizeof(b));
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	return str_fmt(a, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3], b[4],
	               b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}
