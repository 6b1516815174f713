#include "base/buf.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"

void buf_init(struct buf *b, struct arena *a, size_t max_bytes)
{
	size_t room = max_bytes < 240 ? max_bytes : 240;
	*b = (struct buf){.a = a, .max_bytes = max_bytes, .room_bytes = room};
	b->p = arena_alloc(a, room + 1);
}

/* Room for n more bytes and a NUL; false when the maximum would be passed. */
static bool buf_room(struct buf *b, size_t n)
{
	if (n <= b->room_bytes - b->n)
		return true;
	if (n > b->max_bytes - b->n) {
		b->is_full = true;
		return false;
	}
	size_t room = b->room_bytes * 2;
	if (room < b->n + n)
		room = b->n + n;
	if (room > b->max_bytes)
		room = b->max_bytes;
	char *wider = arena_alloc(b->a, room + 1);
	memcpy(wider, b->p, b->n);
	b->p = wider;
	b->room_bytes = room;
	return true;
}

void buf_add(struct buf *b, struct str s)
{
	if (s.n == 0 || b->is_full || !buf_room(b, s.n))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
	b->p[b->n] = '\0';
}

void buf_byte(struct buf *b, char byte)
{
	if (b->is_full || !buf_room(b, 1))
		return;
	b->p[b->n++] = byte;
	b->p[b->n] = '\0';
}

void buf_int(struct buf *b, int64_t value)
{
	char digits[24];
	char *p = digits + sizeof(digits);
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	do {
		*--p = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (value < 0)
		*--p = '-';
	buf_add(b, (struct str){p, (size_t)(digits + sizeof(digits) - p)});
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	buf_add(b, str_vfmt(b->a, fmt, ap));
	va_end(ap);
}
