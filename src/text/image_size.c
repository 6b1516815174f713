#include "text/image_size.h"

#include <stddef.h>

static int64_t big(struct str s, size_t at, size_t n)
{
	int64_t value = 0;
	for (size_t i = at; i < at + n && i < s.n; i++)
		value = value * 256 + (unsigned char)s.p[i];
	return value;
}

static int64_t little(struct str s, size_t at, size_t n)
{
	int64_t value = 0;
	for (size_t i = n; i > 0; i--)
		value = value * 256 + (at + i - 1 < s.n ? (unsigned char)s.p[at + i - 1] : 0);
	return value;
}

static bool is_at(struct str s, size_t at, struct str magic)
{
	return str_starts(str_skip(s, at), magic);
}

static void read_png(struct str s, struct image_size *out)
{
	if (s.n < 24 || !is_at(s, 12, STR("IHDR")))
		return;
	out->width = big(s, 16, 4);
	out->height = big(s, 20, 4);
}

/* The first start-of-frame segment; all of them but DHT (C4), JPG (C8) and DAC (CC) are one. */
static void read_jpeg(struct str s, struct image_size *out)
{
	for (size_t at = 2; at + 9 <= s.n && (unsigned char)s.p[at] == 0xff;) {
		unsigned char kind = (unsigned char)s.p[at + 1];
		if (kind == 0xff) {
			at++;
			continue;
		}
		bool is_frame = kind >= 0xc0 && kind <= 0xcf && kind != 0xc4 && kind != 0xc8 && kind != 0xcc;
		if (is_frame) {
			out->height = big(s, at + 5, 2);
			out->width = big(s, at + 7, 2);
			return;
		}
		size_t n = (size_t)big(s, at + 2, 2);
		if (n < 2)
			return;
		at += 2 + n;
	}
}

static void read_webp(struct str s, struct image_size *out)
{
	if (s.n < 30)
		return;
	if (is_at(s, 12, STR("VP8X"))) {
		out->width = little(s, 24, 3) + 1;
		out->height = little(s, 27, 3) + 1;
	} else if (is_at(s, 12, STR("VP8L"))) {
		int64_t bits = little(s, 21, 4);
		out->width = (bits & 0x3fff) + 1;
		out->height = (bits >> 14 & 0x3fff) + 1;
	} else if (is_at(s, 12, STR("VP8 "))) {
		out->width = little(s, 26, 2) & 0x3fff;
		out->height = little(s, 28, 2) & 0x3fff;
	}
}

bool image_size(struct str head, struct image_size *out)
{
	*out = (struct image_size){0};
	if (str_starts(head, STR("\x89PNG\r\n\x1a\n"))) {
		*out = (struct image_size){.content_type = STR("image/png"), .encoding = STR("png")};
		read_png(head, out);
	} else if (str_starts(head, STR("\xff\xd8\xff"))) {
		*out = (struct image_size){.content_type = STR("image/jpeg"), .encoding = STR("jpeg")};
		read_jpeg(head, out);
	} else if (str_starts(head, STR("GIF87a")) || str_starts(head, STR("GIF89a"))) {
		*out = (struct image_size){.content_type = STR("image/gif"), .encoding = STR("gif")};
		out->width = little(head, 6, 2);
		out->height = little(head, 8, 2);
	} else if (str_starts(head, STR("RIFF")) && is_at(head, 8, STR("WEBP"))) {
		*out = (struct image_size){.content_type = STR("image/webp"), .encoding = STR("webp")};
		read_webp(head, out);
	}
	return out->content_type.n > 0;
}
