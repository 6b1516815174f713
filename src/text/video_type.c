#include "text/video_type.h"

#include <stdint.h>

static const struct video_type webm = {STR("video/webm"), STR("webm")};
static const struct video_type mp4 = {STR("video/mp4"), STR("mp4")};
static const struct video_type mov = {STR("video/quicktime"), STR("mov")};

/* A variable length integer: the zeroes before its first one say how many bytes follow. keeps_marker: as ids are written. */
static bool read_vint(struct str *s, size_t max_bytes, bool keeps_marker, uint64_t *out)
{
	if (s->n == 0 || s->p[0] == 0)
		return false;
	unsigned char first = (unsigned char)s->p[0];
	size_t bytes = 1;
	for (unsigned char bit = 0x80; !(first & bit); bit >>= 1)
		bytes++;
	if (bytes > max_bytes || bytes > s->n)
		return false;
	uint64_t value = keeps_marker ? first : first & (0xffu >> bytes);
	for (size_t i = 1; i < bytes; i++)
		value = value << 8 | (unsigned char)s->p[i];
	*s = str_skip(*s, bytes);
	*out = value;
	return true;
}

enum { EBML_HEADER = 0x1a45dfa3, EBML_DOC_TYPE = 0x4282, MAX_ID_BYTES = 4, MAX_SIZE_BYTES = 8 };

static bool is_webm(struct str head)
{
	uint64_t id, size;
	if (!read_vint(&head, MAX_ID_BYTES, true, &id) || id != EBML_HEADER || !read_vint(&head, MAX_SIZE_BYTES, false, &size))
		return false;
	head = size < head.n ? str_head(head, size) : head;
	while (read_vint(&head, MAX_ID_BYTES, true, &id) && read_vint(&head, MAX_SIZE_BYTES, false, &size) && size <= head.n) {
		/* a shorter word may be filled up with zeroes */
		struct str value = str_head(head, size), word = str_cut(&value, STR("\0"));
		if (id == EBML_DOC_TYPE)
			return str_eq(word, STR("webm"));
		head = str_skip(head, size);
	}
	return false;
}

enum { BOX_HEAD_BYTES = 8, BRAND_BYTES = 4, MIN_FTYP_BYTES = 16 };

static bool is_in(struct str brand, const struct str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(brand, list[i]))
			return true;
	return false;
}

static bool is_video_brand(struct str brand)
{
	static const struct str known[] = {
		STR("isom"), STR("iso2"), STR("iso3"), STR("iso4"), STR("iso5"), STR("iso6"), STR("iso7"), STR("iso8"), STR("iso9"),
		STR("mp41"), STR("mp42"), STR("avc1"), STR("hvc1"), STR("av01"), STR("dash"), STR("M4V "), STR("MSNV"),
	};
	return is_in(brand, known, sizeof(known) / sizeof(known[0]));
}

/* They name brands of video among those that they fit. */
static bool is_other_brand(struct str brand)
{
	static const struct str known[] = {
		STR("heic"), STR("heix"), STR("heim"), STR("heis"), STR("hevc"), STR("hevx"), STR("mif1"), STR("msf1"), STR("avif"),
		STR("avis"), STR("crx "), STR("M4A "), STR("M4B "), STR("M4P "), STR("F4A "), STR("F4B "),
	};
	return is_in(brand, known, sizeof(known) / sizeof(known[0]));
}

static const struct video_type *of_brands(struct str head)
{
	if (head.n < MIN_FTYP_BYTES || !str_starts(str_skip(head, BRAND_BYTES), STR("ftyp")))
		return NULL;
	const unsigned char *p = (const unsigned char *)head.p;
	uint32_t size = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	struct str brand = str_head(str_skip(head, BOX_HEAD_BYTES), BRAND_BYTES);
	if (size < MIN_FTYP_BYTES || is_other_brand(brand))
		return NULL;
	if (str_eq(brand, STR("qt  ")))
		return &mov;
	struct str others = str_skip(str_head(head, size), MIN_FTYP_BYTES);
	while (!is_video_brand(brand)) {
		if (others.n < BRAND_BYTES)
			return NULL;
		brand = str_head(others, BRAND_BYTES);
		others = str_skip(others, BRAND_BYTES);
	}
	return &mp4;
}

bool video_type(struct str head, struct video_type *out)
{
	head = str_head(head, VIDEO_HEAD_BYTES);
	const struct video_type *found = is_webm(head) ? &webm : of_brands(head);
	if (found == NULL)
		return false;
	*out = *found;
	return true;
}

bool is_webvtt(struct str head)
{
	static const struct str mark = STR("\xef\xbb\xbf"), magic = STR("WEBVTT");
	if (str_starts(head, mark))
		head = str_skip(head, mark.n);
	struct str rest = str_skip(head, magic.n);
	return str_starts(head, magic) && (rest.n == 0 || (unsigned char)rest.p[0] <= ' ');
}
