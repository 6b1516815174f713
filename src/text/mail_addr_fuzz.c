/* Address lists of strangers: nothing may crash, and what is sendable has to survive being formatted and read again. */

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/utf8.h"
#include "text/mail_addr.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	enum { BUDGET = 256 << 20, MAX_INPUT = 64 << 10 };
	if (n > MAX_INPUT)
		return 0;
	struct arena *a = arena_open(BUDGET);
	struct mail_addrs list = {0}, back;
	mail_addr_parse(a, (struct str){(const char *)bytes, n}, &list);
	for (size_t i = 0; i < list.n; i++) {
		struct mail_addr who = list.list[i];
		check(utf8_is_valid(who.name) && utf8_is_valid(who.address));
		struct str header = mail_addr_format(a, who.name, who.address);
		if (str_is_null(header))
			continue;
		check(str_find_byte(header, '\n') < 0 && str_find_byte(header, '\r') < 0 &&
		      str_find_byte(header, '\0') < 0);
		back = (struct mail_addrs){0};
		mail_addr_parse(a, header, &back);
		check(back.n == 1);
	}
	arena_close(a);
	return 0;
}
