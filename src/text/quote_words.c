#include "text/quote_words.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "text/local.h"
#include "text/phrase.h"

static bool is_zero(struct str decimal)
{
	struct decimal n;
	return !decimal_parse(decimal, &n) || n.digits == 0;
}

struct str quote_money(struct arena *a, const struct quote_paper *p, struct str language, struct str amount)
{
	struct decimal n;
	if (amount.n == 0 || !decimal_parse(amount, &n))
		return STR("");
	if (p->currency.n == 0)
		return local_number(a, language, amount);
	if (decimal_cmp(decimal_round(n, (int)p->places), n) == 0)
		return local_money(a, language, amount, p->currency);
	return str_fmt(a, STR_FMT "\u00a0" STR_FMT, STR_ARG(local_number(a, language, decimal_text(a, n))), STR_ARG(p->currency));
}

struct str quote_quantity(struct arena *a, struct str language, const struct quote_paper_line *line)
{
	struct decimal n;
	return local_number(a, language, decimal_parse(line->quantity, &n) ? decimal_text(a, n) : STR("1"));
}

struct str quote_percent(struct arena *a, struct str language, struct str percent)
{
	struct decimal n;
	bool is_apart = !str_eq(language, STR("en")) && !str_eq(language, STR("ja")) && !str_eq(language, STR("zh-TW")) &&
	                !str_eq(language, STR("pt"));
	if (!decimal_parse(percent, &n))
		return STR("");
	return str_fmt(a, STR_FMT "%s%%", STR_ARG(local_number(a, language, decimal_text(a, n))), is_apart ? "\u00a0" : "");
}

struct str quote_discount(struct arena *a, const struct quote_paper *p, struct str language, const struct quote_paper_line *line)
{
	struct str amount = is_zero(line->discount) ? STR("") : quote_money(a, p, language, line->discount);
	struct str percent = is_zero(line->discount_percentage) ? STR("") : quote_percent(a, language, line->discount_percentage);
	if (amount.n == 0 && percent.n == 0)
		return STR("");
	return str_fmt(a, "%s" STR_FMT "%s%s" STR_FMT, amount.n ? "\u2212" : "", STR_ARG(amount), amount.n && percent.n ? ", " : "",
	               percent.n ? "\u2212" : "", STR_ARG(percent));
}

struct str quote_tax_label(struct arena *a, const struct quote_paper *p, struct str language, const struct quote_paper_tax *tax)
{
	const struct phrase_value values[] = {{"rate", quote_percent(a, language, tax->rate)},
	                                      {"base", quote_money(a, p, language, tax->base)},
	                                      {0}};
	return phrase_with(a, language, "quote.taxOf", values);
}

struct str quote_day(struct arena *a, const struct quote_paper *p, struct str language, int64_t at)
{
	return at ? local_time(a, language, at, p->zone_ms, LOCAL_DATE) : STR("");
}

struct quote_columns quote_columns(const struct quote_paper *p)
{
	struct quote_columns has = {false, p->tax_n > 0};
	for (size_t i = 0; i < p->line_n; i++)
		has.has_discount = has.has_discount || !is_zero(p->lines[i].discount) || !is_zero(p->lines[i].discount_percentage);
	return has;
}
