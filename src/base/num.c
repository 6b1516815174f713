#include "base/num.h"

bool num_parse_int(struct str s, int64_t *out)
{
	bool is_negative = s.n > 0 && s.p[0] == '-';
	int64_t value = 0;
	if (is_negative)
		s = str_skip(s, 1);
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int digit = s.p[i] - '0';
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, is_negative ? -digit : digit, &value))
			return false;
	}
	*out = value;
	return true;
}

bool num_parse_id(struct str s, int64_t *out)
{
	const int64_t max_id = ((int64_t)1 << 53) - 1;
	int64_t id;
	if (!num_parse_int(s, &id) || id < 1 || id > max_id)
		return false;
	*out = id;
	return true;
}

static size_t skip_digits(struct str s, size_t i)
{
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i;
}

bool num_is_decimal(struct str s)
{
	size_t i = s.n > 0 && s.p[0] == '-' ? 1 : 0;
	size_t whole = skip_digits(s, i) - i;
	i += whole;
	size_t fraction = 0;
	if (i < s.n && s.p[i] == '.') {
		fraction = skip_digits(s, i + 1) - (i + 1);
		i += 1 + fraction;
	}
	if (whole + fraction == 0)
		return false;
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i++;
		if (i < s.n && (s.p[i] == '+' || s.p[i] == '-'))
			i++;
		size_t end = skip_digits(s, i);
		if (end == i)
			return false;
		i = end;
	}
	return i == s.n;
}
