/* Whatever goes in, only the allow-list comes out (judged by a reader of its own), and cleaning it again changes
 * nothing. */

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/ctx.h"
#include "text/html_clean_check_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static struct str one_id(void *self, struct str media_type, struct str base64)
{
	(void)self;
	(void)media_type;
	return base64.n % 2 ? STR("image@x.test") : base64;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n < 1 || n > 50000)
		return 0;
	struct ctx c = {.a = arena_open(64 << 20)};
	struct html_clean_options o = {.images = bytes[0] % 2 ? HTML_IMAGES_LIVE : HTML_IMAGES_HELD,
				       .data_image = one_id};
	struct str once, twice;
	check(html_clean(&c, (struct str){(const char *)bytes + 1, n - 1}, &o, &once) == OK);
	check_clean_html(once, o.images);
	check(html_clean(&c, once, &o, &twice) == OK);
	check(str_eq(once, twice));
	arena_close(c.a);
	return 0;
}
