/* What we give to SMTP servers and write into headers ourselves: strict, where reading is lenient. */

#include <arpa/inet.h>
#include <string.h>
#include <unicode/uidna.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/mail_addr.h"
#include "text/mail_headers.h"

enum { MAX_DOMAIN_BYTES = 255, MAX_LABEL_BYTES = 63 };

static bool is_dot_string(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!mail_addr_is_atext(s.p[i]) && (s.p[i] != '.' || i == 0 || i + 1 == s.n || s.p[i - 1] == '.'))
			return false;
	return s.n > 0;
}

/* Quoted-string of RFC 5321: printable, backslash before anything printable. */
static bool is_quoted_string(struct str s)
{
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return false;
	size_t i = 1, end = s.n - 1;
	for (; i < end; i++) {
		if (s.p[i] == '"')
			return false;
		i += s.p[i] == '\\';
		if ((s.p[i] >= 0 && s.p[i] < ' ') || s.p[i] == 127)
			return false;
	}
	return i == end; /* beyond it the closing quote itself is quoted */
}

static bool is_label_byte(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
	       byte == '-' || (unsigned char)byte >= 0x80;
}

static bool is_domain_name(struct str s)
{
	if (s.n == 0 || s.n > MAX_DOMAIN_BYTES)
		return false;
	for (struct str rest = s; !str_is_null(rest);) {
		struct str label = str_cut(&rest, STR("."));
		if (label.n == 0 || label.n > MAX_LABEL_BYTES || label.p[0] == '-' || label.p[label.n - 1] == '-')
			return false;
		for (size_t i = 0; i < label.n; i++)
			if (!is_label_byte(label.p[i]))
				return false;
	}
	return true;
}

static bool is_address_literal(struct str s)
{
	enum { ROOM = 64 };
	char text[ROOM];
	unsigned char address[sizeof(struct in6_addr)];
	if (s.n < 2 || s.n >= ROOM || s.p[0] != '[' || s.p[s.n - 1] != ']' || memchr(s.p, '\0', s.n) != NULL)
		return false;
	s = str_head(str_skip(s, 1), s.n - 2);
	int family = str_starts_nocase(s, STR("IPv6:")) ? AF_INET6 : AF_INET;
	if (family == AF_INET6)
		s = str_skip(s, 5);
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	return inet_pton(family, text, address) == 1;
}

/* Where the domain begins: behind the last @. 0: there is none. */
static size_t domain_from(struct str address)
{
	size_t at = address.n;
	while (at > 0 && address.p[at - 1] != '@')
		at--;
	return at;
}

bool mail_addr_is_sendable(struct str address)
{
	size_t from = domain_from(address);
	if (from == 0 || address.n > MAX_SEND_ADDRESS_BYTES || !utf8_is_valid(address))
		return false;
	struct str local = str_head(address, from - 1);
	struct str domain = str_skip(address, from);
	if (local.n > MAX_SEND_LOCAL_BYTES || !(is_dot_string(local) || is_quoted_string(local)))
		return false;
	return is_domain_name(domain) || is_address_literal(domain);
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* The A-labels of a domain; the null string when IDNA does not allow it. */
static struct str idna(struct arena *a, struct str domain)
{
	UErrorCode status = U_ZERO_ERROR;
	UIDNAInfo result = UIDNA_INFO_INITIALIZER;
	char *ascii = arena_alloc(a, MAX_DOMAIN_BYTES + 1);
	UIDNA *rules = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &status);
	if (U_FAILURE(status))
		return STR_NULL;
	int32_t n =
		uidna_nameToASCII_UTF8(rules, domain.p, (int32_t)domain.n, ascii, MAX_DOMAIN_BYTES, &result, &status);
	uidna_close(rules);
	if (U_FAILURE(status) || result.errors != 0)
		return STR_NULL;
	return (struct str){ascii, (size_t)n};
}

struct str mail_addr_wire(struct arena *a, struct str address)
{
	if (!mail_addr_is_sendable(address))
		return STR_NULL;
	size_t from = domain_from(address);
	struct str domain = str_skip(address, from);
	if (is_ascii(domain))
		return str_dup(a, address);
	struct str ascii = idna(a, domain);
	if (!is_domain_name(ascii))
		return STR_NULL;
	struct str wire = str_cat(a, str_head(address, from), ascii);
	return mail_addr_is_sendable(wire) ? wire : STR_NULL;
}

/* Words of atext with single blanks between them need no quotes. */
static bool is_phrase(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && !mail_addr_is_atext(s.p[i]))
			return false;
	return true;
}

static struct str quote(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, s.n * 2 + 2);
	buf_byte(&b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_byte(&b, '\\');
		buf_byte(&b, s.p[i]);
	}
	buf_byte(&b, '"');
	return buf_str(&b);
}

struct str mail_addr_format(struct arena *a, struct str name, struct str address)
{
	struct str wire = mail_addr_wire(a, address);
	if (str_is_null(wire))
		return STR_NULL;
	struct str line = utf8_head(mail_header_line(a, name), MAX_HEADER_TEXT_BYTES);
	if (line.n == 0)
		return wire;
	struct str encoded = mail_text_encode(a, line);
	if (str_eq(encoded, line) && !is_phrase(line))
		encoded = quote(a, line);
	return str_fmt(a, STR_FMT " <" STR_FMT ">", STR_ARG(encoded), STR_ARG(wire));
}
