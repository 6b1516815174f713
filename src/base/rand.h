#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Chance, from the kernel's generator (libsodium). */

struct arena;

void rand_bytes(void *out, size_t n);
/* n random bytes as URL-safe base64 without padding: 32 bytes make 43 characters. */
struct str rand_token(struct arena *a, size_t n);
/* A version 4 UUID (RFC 9562), 36 characters. */
struct str rand_uuid(struct arena *a);
