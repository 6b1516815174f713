/* Reply prefixes in the languages of mailers, so that they do not pile up. */

#include "base/arena.h"
#include "base/utf8.h"
#include "text/mail_headers.h"
#include "text/mime_write.h"

static const char *const prefixes[] = {
	"re",   "aw",   "antw", "antwort", "sv",    "vs",   "odp",  "odpověď", "odpoveď", "rif", "res",
	"resp", "ré",   "rép",  "ynt",     "yanıt", "vá",   "Vá",   "bls",     "balas",   "atb", "hl",
	"r",    "απ",   "ΑΠ",   "σχετ",    "ΣΧΕΤ",  "отв",  "Отв",  "ответ",   "Ответ",   "на",  "НА",
	"回复", "回覆", "答复", "答覆",    "回信",  "返信", "답장", "답글",    "תגובה",   "השב", "رد",
};

static struct str skip_blanks(struct str s)
{
	while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_skip(s, 1);
	return s;
}

/* A count as in Re[2]: or Re^2: or RE (2): */
static struct str skip_count(struct str s)
{
	struct str rest = s;
	if (s.n == 0 || (s.p[0] != '[' && s.p[0] != '^' && s.p[0] != '('))
		return s;
	rest = str_skip(rest, 1);
	size_t digit_n = 0;
	for (; rest.n > 0 && rest.p[0] >= '0' && rest.p[0] <= '9'; rest = str_skip(rest, 1))
		digit_n++;
	if (rest.n > 0 && (rest.p[0] == ']' || rest.p[0] == ')'))
		rest = str_skip(rest, 1);
	return digit_n > 0 ? rest : s;
}

/* What follows a reply prefix at the start of s; s itself when there is none. */
static struct str without_prefix(struct str s)
{
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		struct str prefix = str_c(prefixes[i]);
		if (!str_starts_nocase(s, prefix))
			continue;
		struct str rest = skip_blanks(skip_count(skip_blanks(str_skip(s, prefix.n))));
		if (str_starts(rest, STR(":")))
			return skip_blanks(str_skip(rest, 1));
		if (str_starts(rest, STR("：")))
			return skip_blanks(str_skip(rest, 3));
	}
	return s;
}

struct str mail_forward_subject(struct arena *a, struct str subject)
{
	struct str line = mail_header_line(a, subject);
	struct str prefix = str_starts_nocase(line, STR("Fwd:")) ? STR("") : STR("Fwd: ");
	return utf8_head(str_trim(str_cat(a, prefix, line)), MAX_HEADER_TEXT_BYTES);
}

struct str mail_reply_subject(struct arena *a, struct str subject)
{
	struct str rest = mail_header_line(a, subject), before;
	do {
		before = rest;
		rest = without_prefix(rest);
	} while (rest.n < before.n);
	return utf8_head(str_trim(str_cat(a, STR("Re: "), rest)), MAX_HEADER_TEXT_BYTES);
}
