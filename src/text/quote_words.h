#pragma once

#include "text/quote_paper.h"

/* What stands on a quote in the words and numbers of a language. */

struct arena;

/* An amount in the quote's currency; a price with more places than the currency has keeps them. */
struct str quote_money(struct arena *a, const struct quote_paper *p, struct str language, struct str amount);
struct str quote_quantity(struct arena *a, struct str language, const struct quote_paper_line *line);
struct str quote_percent(struct arena *a, struct str language, struct str percent);
/* What a line is reduced by: "-€5.00, -10%"; empty: by nothing. */
struct str quote_discount(struct arena *a, const struct quote_paper *p, struct str language, const struct quote_paper_line *line);
/* "Tax 19% on €100.00" */
struct str quote_tax_label(struct arena *a, const struct quote_paper *p, struct str language, const struct quote_paper_tax *tax);
/* A day on the clocks of the desk. */
struct str quote_day(struct arena *a, const struct quote_paper *p, struct str language, int64_t at);
/* Does any line have it? Columns without anything are left out. */
struct quote_columns {
	bool has_discount, has_tax;
};
struct quote_columns quote_columns(const struct quote_paper *p);
