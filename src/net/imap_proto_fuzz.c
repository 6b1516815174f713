/* The same bytes at once and in pieces must give the same responses; every value lies inside what was read and no list is deeper than
 * allowed. The first byte of the input says how long the pieces are. */

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "net/imap_proto.h"

enum { MAX_LITERAL = 600, MAX_SAID = 4 << 20, ARENA_BYTES = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void write_value(struct buf *said, const struct imap_value *value, int depth)
{
	check(depth <= IMAP_MAX_DEPTH);
	for (; value != NULL; value = value->next) {
		buf_byte(said, "as(n"[value->kind]);
		buf_byte(said, value->is_cut ? '!' : ' ');
		buf_add(said, value->text);
		write_value(said, value->first, depth + 1);
	}
	buf_byte(said, ')');
}

static void write_response(struct buf *said, const struct imap_response *r)
{
	uint32_t number;
	int64_t at_ms;
	buf_int(said, r->number);
	buf_add(said, r->tag);
	buf_add(said, r->name);
	buf_add(said, r->code);
	buf_add(said, r->text);
	write_value(said, r->values, 0);
	imap_attr(r->values, STR("UID"));
	imap_number(r->text, &number);
	imap_date(r->text, &at_ms);
}

static void read_all(struct str input, size_t piece, struct buf *said)
{
	struct imap_proto *p = imap_proto_open(MAX_LITERAL);
	enum imap_event event = IMAP_MORE;
	while (input.n > 0 && event != IMAP_BROKEN) {
		struct str rest = str_head(input, piece);
		input = str_skip(input, rest.n);
		while (rest.n > 0 && event != IMAP_BROKEN) {
			rest = str_skip(rest, imap_proto_feed(p, rest, &event));
			if (event == IMAP_RESPONSE)
				write_response(said, imap_proto_response(p));
		}
	}
	buf_byte(said, event == IMAP_BROKEN ? 'B' : 'E');
	imap_proto_close(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n < 1)
		return 0;
	struct str input = {(const char *)bytes + 1, n - 1};
	struct arena *a = arena_open(ARENA_BYTES);
	struct buf said[2];
	struct str folder;
	for (int i = 0; i < 2; i++) {
		buf_init(&said[i], a, MAX_SAID);
		read_all(input, i == 0 ? input.n : 1u + bytes[0] % 61, &said[i]);
	}
	check(str_eq(buf_str(&said[0]), buf_str(&said[1])));
	if (imap_folder(a, input, &folder))
		check(folder.n >= 2 && folder.n <= input.n * 5 + 2);
	arena_close(a);
	return 0;
}
