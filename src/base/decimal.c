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

/* n / divisor, half away from zero. divisor > 0. */
static __int128 divided(__int128 n, __int128 divisor)
{
	__int128 whole = n / divisor, rest = n % divisor;
	if (rest < 0)
		return -rest >= divisor + rest ? whole - 1 : whole;
	return rest >= divisor - rest ? whole + 1 : whole;
}

struct decimal decimal_round(struct decimal n, int places)
{
	__int128 divisor = 1;
	if (n.places <= places)
		return shortest(n);
	/* what is cut off is at most all digits that a number may have: one place more leaves nothing */
	for (int i = n.places - places; i > 0 && divisor <= too_much(); i--)
		divisor *= 10;
	return shortest((struct decimal){divided(n.digits, divisor), places});
}

bool decimal_div(struct decimal a, struct decimal b, int places, struct decimal *out)
{
	b = shortest(b);
	if (b.digits == 0 || !shift(&a, places + b.places))
		return false;
	/* the quotient of the digits has a.places - b.places of its own: to be cut down to places once, by dividing once */
	__int128 divisor = b.digits < 0 ? -b.digits : b.digits;
	for (int extra = a.places - b.places - places; extra > 0; extra--) {
		if (is_too_much(divisor * 10))
			return false;
		divisor *= 10;
	}
	*out = shortest((struct decimal){divided(b.digits < 0 ? -a.digits : a.digits, divisor), places});
	return true;
}

int decimal_cmp(struct decimal a, struct decimal b)
{
	struct decimal x = a, y = b;
	if (shift(&x, y.places) && shift(&y, x.places))
		return (x.digits > y.digits) - (x.digits < y.digits);
	/* too far apart to have the same places: the one that did not fit is the larger one by its sign */
	bool is_first = !shift(&a, b.places);
	__int128 large = is_first ? a.digits : b.digits;
	return ((large > 0) - (large < 0)) * (is_first ? 1 : -1);
}

/* At least one digit stands before the point, exactly places behind it. */
static struct str written(struct arena *a, struct decimal n, int places)
{
	const size_t room_bytes = (size_t)(MAX_DECIMAL_DIGITS + places + 8);
	char *room = arena_alloc(a, room_bytes);
	size_t at = room_bytes;
	bool is_negative = n.digits < 0;
	for (int i = 0; n.digits != 0 || i <= places; i++) {
		if (i == places && i > 0)
			room[--at] = '.';
		int digit = i < places - n.places ? 0 : (int)(n.digits % 10);
		room[--at] = (char)('0' + (digit < 0 ? -digit : digit));
		if (i >= places - n.places)
			n.digits /= 10;
	}
	if (is_negative)
		room[--at] = '-';
	return (struct str){room + at, room_bytes - at};
}

struct str decimal_fixed(struct arena *a, struct decimal n, int places)
{
	n = shortest(n);
	return written(a, n, n.places > places ? n.places : places);
}

struct str decimal_text(struct arena *a, struct decimal n)
{
	n = shortest(n);
	return written(a, n, n.places);
}
