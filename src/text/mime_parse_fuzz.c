/* Mails of strangers: any bytes give a mail within the limits, of valid text. The same bytes give the same mail. */

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/ctx.h"
#include "base/utf8.h"
#include "text/mime_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_text(struct str s)
{
	check(utf8_is_valid(s));
	check(str_find_byte(s, '\0') < 0);
}

static void check_line(struct str s)
{
	check_text(s);
	check(str_find_byte(s, '\n') < 0 && str_find_byte(s, '\r') < 0);
}

static void check_mail(const struct mime *m)
{
	check_line(m->subject);
	check_line(m->message_id);
	check(m->subject.n <= MAX_HEADER_TEXT_BYTES && m->references_n <= MAX_REFERENCES);
	check(m->text.n <= MAX_TEXT_BYTES && m->html.n <= MAX_MIME_HTML_BYTES && m->attachment_n <= MAX_PARTS);
	check_text(m->text);
	check_text(m->html);
	for (size_t i = 0; i < m->references_n; i++)
		check_line(m->references[i]);
	for (size_t i = 0; i < m->attachment_n; i++) {
		check_line(m->attachments[i].name);
		check(m->attachments[i].name.n > 0 && m->attachments[i].name.n <= MAX_NAME_BYTES);
		check(str_find_byte(m->attachments[i].name, '/') < 0);
		check(str_find_byte(m->attachments[i].content_type, '/') > 0);
	}
	mime_is_automatic(m);
	mime_is_bounce(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct ctx c = {.a = arena_open(MIME_ARENA_BYTES)};
	struct mime m;
	mime_start();
	if (mime_parse(&c, (struct str){(const char *)bytes, n}, &m) == OK)
		check_mail(&m);
	arena_close(c.a);
	return 0;
}
