/* The framing of a request, looked at a second time (RFC 9112 sections 2.2, 3.2, 5.1, 5.2, 6.1, 6.3).
 *
 * libmicrohttpd 0.9.75 takes a bare LF for the end of a line, joins folded lines, prefers Transfer-Encoding to
 * Content-Length without a word, looks at the first of two Content-Length lines and lets blanks stand before a colon.
 * Behind a proxy that reads such a head otherwise, each of these hides a second request in the first. The library
 * leaves no option against it, but it cuts the head in place: every CR, LF, colon and blank between two pieces became a
 * NUL, and the pieces stayed where they were. So the pieces, walked in order, have to lie exactly as far apart as a
 * strict head puts them. */

#include <string.h>

#include "net/http_serve_int.h"

struct walk {
	const char *at; /* where the next line has to begin */
	bool is_bad;
	unsigned host_n, length_n, coding_n;
};

static bool is_token(const char *p, size_t n)
{
	static const char others[] = "!#$%&'*+-.^_`|~";
	for (size_t i = 0; i < n; i++) {
		bool is_alnum =
			(p[i] >= '0' && p[i] <= '9') || (p[i] >= 'A' && p[i] <= 'Z') || (p[i] >= 'a' && p[i] <= 'z');
		if (!is_alnum && (p[i] == '\0' || strchr(others, p[i]) == NULL))
			return false;
	}
	return n > 0;
}

static bool is_field_text(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)p[i] < ' ' && p[i] != '\t') || p[i] == 0x7f)
			return false;
	return true;
}

static void count_framing(struct walk *w, struct str name, struct str value)
{
	if (str_eq_nocase(name, STR("Host")))
		w->host_n++;
	if (str_eq_nocase(name, STR("Content-Length")))
		w->length_n++;
	if (str_eq_nocase(name, STR("Transfer-Encoding"))) {
		w->coding_n++;
		w->is_bad |= !str_eq_nocase(value, STR("chunked"));
	}
}

static enum MHD_Result walk_line(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value,
				 size_t value_n)
{
	struct walk *w = cls;
	(void)kind;
	const char *gap = name + name_n + 1; /* behind the colon */
	if (name != w->at || value == NULL || !is_token(name, name_n) || value < gap ||
	    !is_field_text(value, value_n)) {
		w->is_bad = true;
		return MHD_NO;
	}
	for (; gap < value; gap++)
		w->is_bad |= *gap != ' ' && *gap != '\t';
	count_framing(w, (struct str){name, name_n}, (struct str){value, value_n});
	w->at = value + value_n + 2;
	return w->is_bad ? MHD_NO : MHD_YES;
}

/* "GET", blank, target, blank, "HTTP/1.1", CR, LF; the end of the target was cut off, so version says where it was. */
static bool line_is_strict(const struct call *k, const char *method, const char *version)
{
	bool is_known = strcmp(version, "HTTP/1.1") == 0 || strcmp(version, "HTTP/1.0") == 0;
	return is_known && is_token(method, strlen(method)) && k->raw_target == method + strlen(method) + 1 &&
	       version == k->raw_target + k->target.n + 1;
}

bool http_head_is_strict(struct call *k, const char *method, const char *version)
{
	if (!line_is_strict(k, method, version))
		return false;
	struct walk w = {.at = version + strlen(version) + 2};
	MHD_get_connection_values_n(k->mhd, MHD_HEADER_KIND, walk_line, &w);
	size_t head_n = MHD_get_connection_info(k->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
	if (w.is_bad || w.at + 2 != method + head_n)
		return false;
	bool is_old = version[7] == '0';
	if (w.host_n > 1 || (w.host_n == 0 && !is_old))
		return false;
	/* RFC 9112 section 6.1: a coding in HTTP/1.0 is faulty framing */
	return w.length_n + w.coding_n <= 1 && !(is_old && w.coding_n > 0);
}
