/* The text of anything is valid UTF-8 without control characters; anything as HTML passes the sanitiser unchanged. */

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/ctx.h"
#include "base/utf8.h"
#include "text/html_clean_check_int.h"
#include "text/html_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n < 1 || n > 50000)
		return 0;
	struct ctx c = {.a = arena_open(128 << 20)};
	struct str input = {(const char *)bytes + 1, n - 1}, clean;
	struct str text = html_to_text(c.a, input, bytes[0] % 2 ? HTML_LINKS_SHOWN : HTML_LINKS_PLAIN);
	check(utf8_is_valid(text));
	for (size_t i = 0; i < text.n; i++)
		check((unsigned char)text.p[i] >= 0x20 || text.p[i] == '\n' || text.p[i] == '\t');
	struct str html = html_from_text(c.a, input);
	check_clean_html(html, HTML_IMAGES_HELD);
	check(html_clean(&c, html, NULL, &clean) == OK);
	check(str_eq(html, clean));
	arena_close(c.a);
	return 0;
}
