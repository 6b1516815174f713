#include "text/url.h"

#include <string.h>

#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"

static bool is_letter(char byte)
{
	return (byte | 32) >= 'a' && (byte | 32) <= 'z';
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Up to the colon, lower case; the null string when what begins here is no scheme (RFC 3986 section 3.1). */
static struct str scheme_of(struct arena *a, struct str text)
{
	size_t n = 0;
	while (n < text.n && n < 16 &&
	       (is_letter(text.p[n]) || (n > 0 && (is_digit(text.p[n]) || strchr("+-.", text.p[n])))))
		n++;
	if (n == 0 || n == text.n || text.p[n] != ':')
		return STR_NULL;
	return str_lower(a, str_head(text, n));
}

static unsigned kind_of(struct str scheme)
{
	if (str_eq(scheme, STR("http")) || str_eq(scheme, STR("https")))
		return URL_WEB;
	if (str_eq(scheme, STR("mailto")))
		return URL_MAIL;
	return str_eq(scheme, STR("tel")) ? URL_PHONE : 0;
}

static bool is_control(char byte)
{
	return (unsigned char)byte < 0x20 || byte == 0x7f;
}

/* Blanks and control characters at both ends go, control characters everywhere; what could end an attribute becomes
 * %XX. */
static struct str tidy(struct arena *a, struct str raw)
{
	static const char hex[] = "0123456789ABCDEF";
	while (raw.n > 0 && (raw.p[0] == ' ' || is_control(raw.p[0])))
		raw = str_skip(raw, 1);
	while (raw.n > 0 && (raw.p[raw.n - 1] == ' ' || is_control(raw.p[raw.n - 1])))
		raw.n--;
	char *out = arena_alloc(a, raw.n * 3 + 1);
	size_t n = 0;
	for (size_t i = 0; i < raw.n; i++) {
		char byte = raw.p[i];
		if (is_control(byte))
			continue;
		if (strchr(" \"<>`", byte) == NULL) {
			out[n++] = byte;
			continue;
		}
		out[n++] = '%';
		out[n++] = hex[byte >> 4];
		out[n++] = hex[byte & 15];
	}
	return (struct str){out, n};
}

bool url_clean(struct arena *a, struct str raw, unsigned kinds, struct str *out)
{
	if (raw.n > MAX_URL_BYTES)
		return false;
	struct str text = tidy(a, raw), scheme = scheme_of(a, text);
	if (text.n > MAX_URL_BYTES || !(kind_of(scheme) & kinds))
		return false;
	struct str behind = str_skip(text, scheme.n + 1);
	if (kind_of(scheme) == URL_WEB) {
		/* "http:x" and "http:///x" lead somewhere else in every browser. */
		if (!str_starts(behind, STR("//")) || behind.n < 3 || strchr("/\\?#@:", behind.p[2]) != NULL)
			return false;
	} else if (behind.n == 0) {
		return false;
	}
	*out = str_cat(a, scheme, str_skip(text, scheme.n));
	return true;
}

static bool is_host_byte(char byte)
{
	return is_letter(byte) || is_digit(byte) || byte == '.' || byte == '-' || byte == '_' || (byte & 0x80);
}

static bool is_host(struct str host)
{
	if (host.n == 0 || host.n > 253)
		return false;
	if (host.p[0] == '[') {
		size_t inner = host.n - 1;
		for (size_t i = 1; i < inner; i++)
			if (!is_digit(host.p[i]) && strchr(":.abcdefABCDEF", host.p[i]) == NULL)
				return false;
		return host.n > 3 && host.p[inner] == ']';
	}
	for (size_t i = 0; i < host.n; i++)
		if (!is_host_byte(host.p[i]))
			return false;
	return true;
}

/* host[:port], the port being optional also behind the colon (RFC 3986 section 3.2.3). */
static bool split_port(struct str authority, struct str *host_out, int *port_io)
{
	size_t host_n = authority.n;
	while (host_n > 0 && is_digit(authority.p[host_n - 1]))
		host_n--;
	*host_out = authority;
	if (host_n == 0 || authority.p[host_n - 1] != ':')
		return true;
	struct str digits = str_skip(authority, host_n);
	int64_t port;
	*host_out = str_head(authority, host_n - 1);
	if (digits.n == 0)
		return true;
	if (digits.n > 5 || !num_parse_int(digits, &port) || port > 65535)
		return false;
	*port_io = (int)port;
	return true;
}

bool url_parse(struct arena *a, struct str text, struct url *out)
{
	if (text.n > MAX_URL_BYTES)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (is_control(text.p[i]) || text.p[i] == ' ' || text.p[i] == '\\')
			return false;
	struct url url = {.scheme = scheme_of(a, text)};
	if (kind_of(url.scheme) != URL_WEB || !str_starts(str_skip(text, url.scheme.n), STR("://")))
		return false;
	struct str rest = str_skip(text, url.scheme.n + 3);
	size_t n = 0;
	while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?' && rest.p[n] != '#')
		n++;
	struct str authority = str_head(rest, n);
	rest = str_skip(rest, n);
	const char *at = authority.n ? memrchr(authority.p, '@', authority.n) : NULL;
	if (at != NULL) {
		url.user = str_head(authority, (size_t)(at - authority.p));
		authority = str_skip(authority, url.user.n + 1);
	}
	url.port = str_eq(url.scheme, STR("https")) ? 443 : 80;
	if (!split_port(authority, &url.host, &url.port) || !is_host(url.host))
		return false;
	url.host = str_lower(a, url.host);
	ptrdiff_t hash = str_find_byte(rest, '#');
	if (hash >= 0)
		rest = str_head(rest, (size_t)hash);
	url.path = str_starts(rest, STR("/")) ? rest : str_cat(a, STR("/"), rest);
	*out = url;
	return true;
}

static bool is_url_byte(char byte)
{
	return !is_control(byte) && strchr(" \"<>`{}|\\^", byte) == NULL;
}

static bool is_sentence_end(char byte)
{
	return strchr(".,;:!?'*_~", byte) != NULL;
}

/* The first byte of a host; looked at before the rest, so that "http://!http://!" costs nothing. */
static bool is_host_start(struct str s)
{
	return s.n > 0 && (is_letter(s.p[0]) || is_digit(s.p[0]) || (s.p[0] & 0x80) || s.p[0] == '[');
}

size_t url_prefix_n(struct str text)
{
	size_t n = str_starts_nocase(text, STR("http://")) ? 7 : str_starts_nocase(text, STR("https://")) ? 8 : 0;
	if (n == 0 || !is_host_start(str_skip(text, n)))
		return 0;
	int open = 0; /* brackets of the address itself, as in .../Foo_(bar) */
	size_t host_end = n + 1;
	while (n < text.n && n < MAX_URL_BYTES && is_url_byte(text.p[n])) {
		open += text.p[n] == '(' || text.p[n] == '[';
		if (text.p[n] == ')' || text.p[n] == ']') {
			if (open == 0)
				break;
			open--;
		}
		n++;
	}
	while (n > host_end && is_sentence_end(text.p[n - 1]))
		n--;
	return utf8_head(text, n).n;
}
