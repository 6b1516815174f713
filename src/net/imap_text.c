/* Small pieces of IMAP's text: attributes, numbers, dates and folder names. */

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "net/imap_proto.h"

const struct imap_value *imap_attr(const struct imap_value *list, struct str name)
{
	if (list == NULL || list->kind != IMAP_LIST)
		return NULL;
	const struct imap_value *key = list->first;
	while (key != NULL && key->next != NULL) {
		if (key->kind == IMAP_ATOM && str_eq_nocase(key->text, name))
			return key->next;
		key = key->next->next;
	}
	return NULL;
}

bool imap_number(struct str s, uint32_t *out)
{
	int64_t number;
	if (s.n > 10 || !num_parse_int(s, &number) || number < 1 || number > UINT32_MAX)
		return false;
	*out = (uint32_t)number;
	return true;
}

static bool digits(const char *p, size_t n, int max, int *out)
{
	int value = 0;
	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return false;
		value = value * 10 + (p[i] - '0');
	}
	*out = value;
	return value <= max;
}

static int month_of(const char *p)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	for (int i = 0; i < 12; i++)
		if (str_eq_nocase((struct str){p, 3}, (struct str){names + 3 * i, 3}))
			return i;
	return -1;
}

bool imap_date(struct str s, int64_t *at_ms_out)
{
	/* 0123456789012345678901234
	 * 17-Jul-1996 02:44:25 -0700, the day may be " 7" */
	if (s.n != 26 || s.p[2] != '-' || s.p[6] != '-' || s.p[11] != ' ' || s.p[14] != ':' || s.p[17] != ':' ||
	    s.p[20] != ' ')
		return false;
	struct tm tm = {.tm_mon = month_of(s.p + 3)};
	int year, zone_hours, zone_minutes;
	bool is_padded = s.p[0] == ' ';
	bool is_good = digits(s.p + is_padded, is_padded ? 1 : 2, 31, &tm.tm_mday) && tm.tm_mday > 0 &&
	               tm.tm_mon >= 0 && digits(s.p + 7, 4, 9999, &year) && digits(s.p + 12, 2, 23, &tm.tm_hour) &&
	               digits(s.p + 15, 2, 59, &tm.tm_min) && digits(s.p + 18, 2, 60, &tm.tm_sec) &&
	               (s.p[21] == '+' || s.p[21] == '-') && digits(s.p + 22, 2, 23, &zone_hours) &&
	               digits(s.p + 24, 2, 59, &zone_minutes);
	if (!is_good)
		return false;
	tm.tm_year = year - 1900;
	int64_t zone_seconds = (int64_t)zone_hours * 3600 + zone_minutes * 60;
	int64_t seconds = timegm(&tm);
	*at_ms_out = (s.p[21] == '+' ? seconds - zone_seconds : seconds + zone_seconds) * 1000;
	return true;
}

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/* Sixteen bits at a time into base64 without padding. */
struct shifted {
	char *p;
	size_t n;
	uint32_t bits;
	int bits_n;
};

static void shift_in(struct shifted *out, uint32_t unit)
{
	out->bits = out->bits << 16 | unit;
	out->bits_n += 16;
	while (out->bits_n >= 6) {
		out->bits_n -= 6;
		out->p[out->n++] = base64[out->bits >> out->bits_n & 63];
	}
}

static void shift_end(struct shifted *out)
{
	if (out->bits_n > 0)
		out->p[out->n++] = base64[out->bits << (6 - out->bits_n) & 63];
	out->bits = 0;
	out->bits_n = 0;
	out->p[out->n++] = '-';
}

static void shift_point(struct shifted *out, uint32_t point)
{
	if (point >= 0x10000) {
		shift_in(out, 0xd800 + ((point - 0x10000) >> 10));
		point = 0xdc00 + (point & 0x3ff);
	}
	shift_in(out, point);
}

static void plain_byte(struct shifted *out, char byte)
{
	if (byte == '"' || byte == '\\')
		out->p[out->n++] = '\\';
	out->p[out->n++] = byte;
	if (byte == '&')
		out->p[out->n++] = '-';
}

bool imap_folder(struct arena *a, struct str name, struct str *out)
{
	if (!utf8_is_valid(name))
		return false;
	struct shifted text = {.p = arena_alloc(a, name.n * 5 + 3)};
	bool is_shifted = false;
	text.p[text.n++] = '"';
	while (name.n > 0) {
		size_t n;
		uint32_t point = utf8_decode(name, &n);
		if (point == 0 || point == '\r' || point == '\n')
			return false;
		bool is_plain = point >= ' ' && point < 0x7f;
		if (is_plain && is_shifted)
			shift_end(&text);
		if (!is_plain && !is_shifted)
			text.p[text.n++] = '&';
		is_shifted = !is_plain;
		if (is_plain)
			plain_byte(&text, name.p[0]);
		else
			shift_point(&text, point);
		name = str_skip(name, n);
	}
	if (is_shifted)
		shift_end(&text);
	text.p[text.n++] = '"';
	*out = (struct str){text.p, text.n};
	return true;
}
