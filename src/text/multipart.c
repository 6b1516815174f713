/* What came is held until it is known not to be the beginning of a delimiter. A delimiter is CRLF "--" boundary; the CRLF in front of
 * the first one is put there by us, so that there is one rule for all. */

#include "text/multipart.h"

#include <string.h>

#include "base/arena.h"
#include "base/ctx.h"
#include "base/utf8.h"

enum { HELD_BYTES = 32 << 10, MAX_DELIMITER_BYTES = MAX_BOUNDARY_BYTES + 4, MAX_PADDING_BYTES = 100, MAX_PARAMETERS = 20 };
_Static_assert(HELD_BYTES > MAX_PART_HEAD_BYTES + MAX_DELIMITER_BYTES, "a head fits");

enum state {
	IN_PREAMBLE,
	AFTER_DELIMITER,
	IN_HEAD,
	IN_BODY,
	IN_EPILOGUE,
};

struct multipart {
	struct ctx *c;
	struct multipart_reader reader;
	struct str delimiter;
	enum state state;
	size_t part_n;
	size_t n; /* of held */
	char held[HELD_BYTES];
};

static enum err malformed(struct ctx *c, const char *why)
{
	return fail(c, ERR_BAD_INPUT, "The multipart body is not well-formed: %s.", why);
}

/* A parameter of a header value: key=token or key="quoted". */
static bool find_parameter(struct arena *a, struct str value, struct str key, struct str *out)
{
	str_cut(&value, STR(";"));
	for (int turn = 0; turn < MAX_PARAMETERS && !str_is_null(value); turn++) {
		value = str_trim(value);
		size_t n = 0;
		while (n < value.n && value.p[n] != '=' && value.p[n] != ';')
			n++;
		struct str name = str_trim(str_head(value, n));
		value = str_skip(value, n);
		if (value.n == 0 || value.p[0] == ';') {
			value = value.n ? str_skip(value, 1) : STR_NULL;
			continue;
		}
		value = str_trim(str_skip(value, 1));
		char *text = arena_alloc(a, value.n + 1);
		size_t text_n = 0, i = 0;
		bool is_quoted = value.n > 0 && value.p[0] == '"';
		for (i = is_quoted; i < value.n && value.p[i] != (is_quoted ? '"' : ';'); i++) {
			/* only quotes and backslashes are escaped: browsers of old sent whole paths of Windows */
			if (is_quoted && value.p[i] == '\\' && i + 1 < value.n &&
			    (value.p[i + 1] == '"' || value.p[i + 1] == '\\'))
				i++;
			text[text_n++] = value.p[i];
		}
		if (str_eq_nocase(name, key)) {
			struct str found = {text, text_n};
			*out = is_quoted ? found : str_trim(found);
			return true;
		}
		value = str_skip(value, i);
		str_cut(&value, STR(";"));
	}
	return false;
}

bool multipart_boundary(struct arena *a, struct str content_type, struct str *out)
{
	struct str rest = content_type;
	if (!str_eq_nocase(str_trim(str_cut(&rest, STR(";"))), STR("multipart/form-data")))
		return false;
	if (!find_parameter(a, content_type, STR("boundary"), out))
		return false;
	for (size_t i = 0; i < out->n; i++)
		if (out->p[i] < ' ' || out->p[i] > '~')
			return false;
	return out->n > 0 && out->n <= MAX_BOUNDARY_BYTES;
}

struct multipart *multipart_new(struct ctx *c, struct str boundary, const struct multipart_reader *reader)
{
	struct multipart *m = NEW(c->a, struct multipart);
	m->c = c;
	m->reader = *reader;
	m->delimiter = str_cat(c->a, STR("\r\n--"), boundary);
	memcpy(m->held, "\r\n", 2);
	m->n = 2;
	return m;
}

static void drop(struct multipart *m, size_t n)
{
	memmove(m->held, m->held + n, m->n - n);
	m->n -= n;
}

/* Browsers write a quotation mark and the ends of a line so (HTML, "multipart form data"), and leave a percent sign as it is. */
static struct str unescaped(struct arena *a, struct str s)
{
	static const struct {
		struct str code;
		char byte;
	} codes[] = {{STR("%22"), '"'}, {STR("%0D"), '\r'}, {STR("%0A"), '\n'}};
	char *text = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		text[n] = s.p[i];
		for (size_t k = 0; k < sizeof(codes) / sizeof(codes[0]); k++)
			if (str_starts(str_skip(s, i), codes[k].code)) {
				text[n] = codes[k].byte;
				i += codes[k].code.n - 1;
				break;
			}
		n++;
	}
	return (struct str){text, n};
}

/* What follows the last slash or backslash; control characters become blanks. */
static struct str clean_name(struct ctx *c, struct str raw)
{
	struct str name = utf8_clean(c->a, unescaped(c->a, raw));
	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == '/' || name.p[i - 1] == '\\') {
			name = str_skip(name, i);
			break;
		}
	char *text = arena_alloc(c->a, name.n + 1);
	for (size_t i = 0; i < name.n; i++)
		text[i] = (unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f ? ' ' : name.p[i];
	return str_trim((struct str){text, name.n});
}

static enum err begin_part(struct multipart *m, struct str head)
{
	struct ctx *c = m->c;
	struct multipart_part part = {0};
	struct str disposition = STR_NULL, name;
	if (++m->part_n > MAX_FORM_PARTS)
		return malformed(c, "it has too many parts");
	for (struct str rest = head; !str_is_null(rest);) {
		struct str value = str_cut(&rest, STR("\r\n"));
		struct str key = str_trim(str_cut(&value, STR(":")));
		if (str_eq_nocase(key, STR("Content-Disposition")))
			disposition = value;
		else if (str_eq_nocase(key, STR("Content-Type")))
			part.content_type = utf8_clean(c->a, str_trim(value));
	}
	if (!find_parameter(c->a, disposition, STR("name"), &name))
		return malformed(c, "a part has no name");
	part.name = utf8_clean(c->a, name);
	if (find_parameter(c->a, disposition, STR("filename"), &name))
		part.file_name = clean_name(c, name);
	return m->reader.begin(m->reader.self, &part);
}

/* The part of what is held that cannot belong to a delimiter; hit: where the delimiter is, or -1. */
static size_t free_bytes(const struct multipart *m, ptrdiff_t *hit)
{
	*hit = str_find((struct str){m->held, m->n}, m->delimiter);
	if (*hit >= 0)
		return (size_t)*hit;
	return m->n < m->delimiter.n ? 0 : m->n - (m->delimiter.n - 1);
}

static enum err step_text(struct multipart *m, bool *more)
{
	ptrdiff_t hit;
	size_t n = free_bytes(m, &hit);
	bool is_body = m->state == IN_BODY;
	if (is_body && n > 0)
		TRY(m->reader.bytes(m->reader.self, (struct str){m->held, n}));
	drop(m, n);
	*more = hit >= 0;
	if (hit < 0)
		return OK;
	drop(m, m->delimiter.n);
	m->state = AFTER_DELIMITER;
	return is_body ? m->reader.end(m->reader.self) : OK;
}

static enum err step_delimiter(struct multipart *m, bool *more)
{
	struct str held = {m->held, m->n};
	*more = false;
	if (m->n < 2)
		return OK;
	if (str_starts(held, STR("--"))) {
		m->state = IN_EPILOGUE;
		*more = true;
		return OK;
	}
	ptrdiff_t at = str_find(held, STR("\r\n"));
	size_t blanks = 0;
	while (blanks < m->n && (m->held[blanks] == ' ' || m->held[blanks] == '\t'))
		blanks++;
	if (blanks > MAX_PADDING_BYTES || (blanks < m->n && m->held[blanks] != '\r') || (at >= 0 && (size_t)at != blanks))
		return malformed(m->c, "something follows a boundary");
	if (at < 0)
		return OK;
	drop(m, blanks); /* the line end stays: an empty head is two of them */
	m->state = IN_HEAD;
	*more = true;
	return OK;
}

static enum err step_head(struct multipart *m, bool *more)
{
	ptrdiff_t at = str_find((struct str){m->held, m->n}, STR("\r\n\r\n"));
	*more = at >= 0;
	if (at > MAX_PART_HEAD_BYTES || (at < 0 && m->n > MAX_PART_HEAD_BYTES))
		return malformed(m->c, "the head of a part is too long");
	if (at < 0)
		return OK;
	TRY(begin_part(m, str_dup(m->c->a, (struct str){m->held, (size_t)at})));
	drop(m, (size_t)at + 4);
	m->state = IN_BODY;
	return OK;
}

static enum err step(struct multipart *m, bool *more)
{
	switch (m->state) {
	case AFTER_DELIMITER: return step_delimiter(m, more);
	case IN_HEAD: return step_head(m, more);
	case IN_EPILOGUE:
		m->n = 0;
		*more = false;
		return OK;
	default: return step_text(m, more);
	}
}

enum err multipart_add(struct multipart *m, struct str bytes)
{
	while (bytes.n > 0) {
		size_t room = HELD_BYTES - m->n;
		size_t n = bytes.n < room ? bytes.n : room;
		memcpy(m->held + m->n, bytes.p, n);
		m->n += n;
		bytes = str_skip(bytes, n);
		for (bool more = true; more;)
			TRY(step(m, &more));
	}
	return OK;
}

enum err multipart_end(struct multipart *m)
{
	return m->state == IN_EPILOGUE ? OK : malformed(m->c, "its end is missing");
}
