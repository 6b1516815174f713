#pragma once

#include "base/ctx.h"
#include "text/json.h"

/* What stands on a quote: the same on its page, in its PDF and in the JSON that keeps a version. Amounts are decimal numbers with the
 * places of the currency (base/currency.h), other numbers as they were typed; empty strings are what was left out. */

struct quote_party {
	struct str name;
	struct str title; /* job */
	struct str email;
	struct str phone;
	struct str company;
	struct str address; /* lines */
};
struct quote_paper_line {
	int64_t id; /* of the line item */
	int64_t product_id;
	struct str name;
	struct str description;
	struct str sku;
	struct str quantity;
	struct str price;
	struct str discount;
	struct str discount_percentage;
	struct str tax_rate;
	struct str net;
};
extern const struct shape quote_paper_line_shape;
struct quote_paper_tax {
	struct str rate;
	struct str base;
	struct str amount;
};
struct quote_paper {
	struct str number; /* empty: a draft that never had one */
	int64_t version;
	struct str title;
	struct str lang;
	struct str currency;
	int64_t places;
	int64_t published_at; /* 0: a draft */
	int64_t expires_at;   /* 0: never */
	int64_t zone_ms;      /* what the clocks of the desk are ahead of UTC then */
	struct str terms;
	struct str comments;
	struct str net, discount, tax, total;
	struct quote_party sender, buyer;
	struct quote_paper_line *lines;
	size_t line_n;
	struct quote_paper_tax *taxes;
	size_t tax_n;
};

/* Its members into the object that is open. */
void quote_paper_write(struct json *j, const struct quote_paper *p);
/* What that wrote, of an object on its own. */
enum err quote_paper_read(struct ctx *c, struct str json, struct quote_paper *out);
