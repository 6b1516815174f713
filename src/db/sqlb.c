#include "db/sqlb.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "db/db_int.h"

enum { FIRST_TEXT_BYTES = 512, FIRST_ARGS = 8, MAX_NUMBER_BYTES = 12 };

/* What a list of n things has room for: it starts with least and doubles. */
static size_t room_of(size_t n, size_t least)
{
	while (least < n)
		least *= 2;
	return least;
}

/* Moves items to where more fit, when n does not fit into the room that had_n made. */
static void *grown(struct arena *a, void *items, size_t had_n, size_t n, size_t least, size_t size)
{
	if (items != NULL && room_of(n, least) == room_of(had_n, least))
		return items;
	void *more = arena_array(a, room_of(n, least), size);
	if (had_n > 0)
		memcpy(more, items, had_n * size);
	return more;
}

static void add_text(struct sqlb *b, const char *p, size_t n)
{
	check(b->text_n + n < MAX_SQLB_BYTES);
	b->text = grown(b->a, b->text, b->text_n, b->text_n + n + 1, FIRST_TEXT_BYTES, 1);
	memcpy(b->text + b->text_n, p, n);
	b->text_n += n;
	b->text[b->text_n] = '\0';
}

void sqlb_init(struct sqlb *b, struct arena *a)
{
	*b = (struct sqlb){.a = a};
	add_text(b, "", 0);
}

/* $ and the number that the next value will have */
static void add_param(struct sqlb *b, size_t number)
{
	char digits[MAX_NUMBER_BYTES];
	size_t at = sizeof(digits);
	for (; number > 0; number /= 10)
		digits[--at] = (char)('0' + number % 10);
	digits[--at] = '$';
	add_text(b, digits + at, sizeof(digits) - at);
}

void sqlb_add_fragment(struct sqlb *b, const char *fragment, const struct sql_value *args, size_t arg_n)
{
	size_t used_n = 0;
	for (struct str rest = str_c(fragment); !str_is_null(rest);) {
		struct str part = str_cut(&rest, STR("?"));
		add_text(b, part.p, part.n);
		if (!str_is_null(rest))
			add_param(b, b->arg_n + ++used_n);
	}
	check(used_n == arg_n);
	check(b->arg_n + arg_n <= MAX_SQLB_ARGS);
	if (arg_n == 0)
		return;
	b->args = grown(b->a, b->args, b->arg_n, b->arg_n + arg_n, FIRST_ARGS, sizeof(b->args[0]));
	memcpy(b->args + b->arg_n, args, arg_n * sizeof(args[0]));
	b->arg_n += arg_n;
}

enum err sqlb_all(struct ctx *c, const struct sqlb *b, const struct shape *shape, void *rows_out, size_t *n_out)
{
	const struct sql q = {b->text, shape};
	return rows_all(c, &q, SQL_MADE, b->args, b->arg_n, rows_out, n_out);
}

enum err sqlb_one(struct ctx *c, const struct sqlb *b, const struct shape *shape, void *out)
{
	const struct sql q = {b->text, shape};
	return rows_one(c, &q, SQL_MADE, b->args, b->arg_n, out);
}

enum err sqlb_exec(struct ctx *c, const struct sqlb *b, int64_t *changed_out)
{
	const struct sql q = {b->text, NULL};
	return rows_none(c, &q, SQL_MADE, b->args, b->arg_n, changed_out);
}
