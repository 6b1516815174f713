/* Digits as one whole number of 128 bits, and how many of them stand behind the point. The limit of 36 digits leaves room for a
 * tenfold before an overflow, so that every step can be checked by a comparison. */

#include "base/decimal.h"

#include "base/arena.h"
#include "base/num.h"

/* 10 to the power of MAX_DECIMAL_DIGITS: the first number with too many digits. */
static __int128 too_much(void)
{
	const __int128 half = 1000000000000000000;
	return half * half;
}

static bool is_too_much(__int128 n)
{
	return n >= too_much() || n <= -too_much();
}

/* The same number without zeros at the end of its fraction. */
static struct decimal shortest(struct decimal n)
{
	while (n.places > 0 && n.digits % 10 == 0) {
		n.digits /= 10;
		n.places--;
	}
	return n;
}

static bool shift(struct decimal *n, int places)
{
	for (; n->places < places; n->places++) {
		if (is_too_much(n->digits * 10))
			return false;
		n->digits *= 10;
	}
	return true;
}

/* 1.5e3: the exponent moves the point. */
static bool move_point(struct decimal *n, int64_t exponent)
{
	if (n->digits == 0) {
		n->places = 0;
		return true;
	}
	if (exponent > MAX_DECIMAL_DIGITS || exponent < -MAX_DECIMAL_DIGITS)
		return false;
	n->places -= (int)exponent;
	while (n->places < 0) {
		if (is_too_much(n->digits * 10))
			return false;
		n->digits *= 10;
		n->places++;
	}
	*n = shortest(*n);
	return n->places <= MAX_DECIMAL_DIGITS;
}

bool decimal_parse(struct str s, struct decimal *out)
{
	struct decimal n = {0};
	int64_t exponent = 0;
	bool is_negative = s.n > 0 && s.p[0] == '-', is_behind = false;
	size_t i = is_negative;
	if (!num_is_decimal(s))
		return false;
	for (; i < s.n && s.p[i] != 'e' && s.p[i] != 'E'; i++) {
		if (s.p[i] == '.') {
			is_behind = true;
			continue;
		}
		if (is_too_much(n.digits * 10 + (s.p[i] - '0')))
			return false;
		n.digits = n.digits * 10 + (s.p[i] - '0');
		n.places += is_behind;
	}
	if (i < s.n) {
		struct str rest = str_skip(s, i + 1);
		if (!num_parse_int(rest.n > 0 && rest.p[0] == '+' ? str_skip(rest, 1) : rest, &exponent))
			return false;
	}
	if (!move_point(&n, exponent))
		return false;
	n.digits = is_negative ? -n.digits : n.digits;
	*out = n;
	return true;
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
	if (!shift(&a, b.places) || !shift(&b, a.places) || is_too_much(a.digits + b.digits))
		return false;
	*out = shortest((struct decimal){a.digits + b.digits, a.places});
	return true;
}

bool decimal_sub(struct decimal a, struct decimal b, struct decimal *out)
{
	b.digits = -b.digits;
	return decimal_add(a, b, out);
}

bool decimal_mul(struct decimal a, struct decimal b, struct decimal *out)
{
	a = shortest(a);
	b = shortest(b);
	__int128 size = b.digits < 0 ? -b.digits : b.digits, limit = too_much() - 1;
	if (size != 0 && (a.digits > limit / size || a.digits < -(limit / size)))
		return false;
	*out = shortest((struct decimal){a.digits * b.digits, a.places + b.places});
	return out->places <= MAX_DECIMAL_DIGITS;
}

struct str decimal_text(struct arena *a, struct decimal n)
{
	char *room = arena_alloc(a, MAX_DECIMAL_DIGITS + 8);
	size_t at = MAX_DECIMAL_DIGITS + 8, end = at;
	n = shortest(n);
	bool is_negative = n.digits < 0;
	for (int i = 0; n.digits != 0 || i <= n.places; i++) {
		if (i == n.places && i > 0)
			room[--at] = '.';
		int digit = (int)(n.digits % 10);
		room[--at] = (char)('0' + (digit < 0 ? -digit : digit));
		n.digits /= 10;
	}
	if (is_negative)
		room[--at] = '-';
	return (struct str){room + at, end - at};
}
