#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* What an image says of itself in its first bytes: PNG, JPEG, GIF and WebP, by their magic and never by a name. */

enum { IMAGE_HEAD_BYTES = 256 << 10 }; /* the frame of a JPEG stands behind its metadata */

struct image_size {
	struct str content_type; /* image/png … */
	struct str encoding;     /* png, jpeg, gif, webp */
	int64_t width, height;   /* 0: it is one, but its size is not in these bytes */
};

/* false: none of these. */
bool image_size(struct str head, struct image_size *out);
