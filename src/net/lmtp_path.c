/* Paths of RFC 5321 section 4.1.2. Lenient in one point only: blanks between the colon and "<", which real mailers send. Source
 * routes ("<@relay,@other:bob@x>") are taken off, as section 4.1.1.3 has it. */

#include "base/utf8.h"
#include "net/lmtp_int.h"
#include "net/lmtp_proto.h"

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* Where ">" ends the path, or -1. In a quoted local part it is an ordinary byte; blanks and control bytes are only allowed
 * there (blanks) or nowhere. */
static ptrdiff_t find_end(struct str s)
{
	bool is_quoted = false, is_escaped = false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char byte = (unsigned char)s.p[i];
		if (byte < ' ' || byte == 0x7f)
			return -1;
		if (is_escaped)
			is_escaped = false;
		else if (byte == '\\' && is_quoted)
			is_escaped = true;
		else if (byte == '"')
			is_quoted = !is_quoted;
		else if (byte == '>' && !is_quoted)
			return (ptrdiff_t)i;
		else if ((byte == ' ' || byte == '<') && !is_quoted)
			return -1;
	}
	return -1;
}

static struct str without_route(struct str path)
{
	if (!str_starts(path, STR("@")))
		return path;
	ptrdiff_t colon = str_find_byte(path, ':');
	return colon < 0 ? path : str_skip(path, (size_t)colon + 1);
}

/* local@domain; the only address without a domain is postmaster. */
static bool is_mailbox(struct str address)
{
	if (str_eq_nocase(address, STR("postmaster")))
		return true;
	for (size_t i = address.n; i > 0; i--)
		if (address.p[i - 1] == '@')
			return i > 1 && i < address.n;
	return false;
}

bool lmtp_path_parse(struct str args, struct str prefix, struct lmtp_path *out)
{
	if (!str_starts_nocase(args, prefix))
		return false;
	struct str rest = str_skip(args, prefix.n);
	while (str_starts(rest, STR(" ")))
		rest = str_skip(rest, 1);
	if (!str_starts(rest, STR("<")))
		return false;
	rest = str_skip(rest, 1);
	ptrdiff_t end = find_end(rest);
	if (end < 0)
		return false;
	struct str address = without_route(str_head(rest, (size_t)end));
	struct str behind = str_skip(rest, (size_t)end + 1);
	if (behind.n > 0 && behind.p[0] != ' ')
		return false;
	if (address.n > LMTP_MAX_ADDRESS_BYTES || !utf8_is_valid(address))
		return false;
	if (address.n > 0 && !is_mailbox(address))
		return false;
	behind = str_trim(behind);
	*out = (struct lmtp_path){address, behind.n ? behind : STR_NULL, is_ascii(address)};
	return true;
}
