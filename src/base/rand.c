#include "base/rand.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/crypt.h"

enum { UUID_BYTES = 36 };

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

/* Every request has one: printf would take longer than all the rest of it. */
static struct str format_uuid(struct arena *a, const unsigned char *b)
{
	static const char hex[] = "0123456789abcdef";
	char *text = arena_alloc(a, UUID_BYTES + 1);
	char *p = text;
	for (size_t i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		*p++ = hex[b[i] >> 4];
		*p++ = hex[b[i] & 15];
	}
	return (struct str){text, UUID_BYTES};
}

struct str rand_uuid(struct arena *a)
{
	unsigned char b[16];
	randombytes_buf(b, sizeof(b));
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	return format_uuid(a, b);
}
