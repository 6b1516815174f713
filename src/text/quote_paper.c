#include "text/quote_paper.h"

#include "base/arena.h"
#include "text/json_read.h"

static const struct field party_fields[] = {
	FIELD(struct quote_party, name, F_STR),
	FIELD(struct quote_party, title, F_STR),
	FIELD(struct quote_party, email, F_STR),
	FIELD(struct quote_party, phone, F_STR),
	FIELD(struct quote_party, company, F_STR),
	FIELD(struct quote_party, address, F_STR),
};
static const struct shape party_shape = SHAPE("QuoteParty", struct quote_party, party_fields);

static const struct field line_fields[] = {
	FIELD(struct quote_paper_line, id, F_ID),
	FIELD(struct quote_paper_line, product_id, F_ID, .flags = F_NULL),
	FIELD(struct quote_paper_line, name, F_STR),
	FIELD(struct quote_paper_line, description, F_STR),
	FIELD(struct quote_paper_line, sku, F_STR),
	FIELD(struct quote_paper_line, quantity, F_STR),
	FIELD(struct quote_paper_line, price, F_STR),
	FIELD(struct quote_paper_line, discount, F_STR),
	FIELD(struct quote_paper_line, discount_percentage, F_STR),
	FIELD(struct quote_paper_line, tax_rate, F_STR),
	FIELD(struct quote_paper_line, net, F_STR),
};
const struct shape quote_paper_line_shape = SHAPE("QuoteLine", struct quote_paper_line, line_fields);

static const struct field tax_fields[] = {
	FIELD(struct quote_paper_tax, rate, F_STR),
	FIELD(struct quote_paper_tax, base, F_STR),
	FIELD(struct quote_paper_tax, amount, F_STR),
};
static const struct shape tax_shape = SHAPE("QuoteTax", struct quote_paper_tax, tax_fields);

static const struct field paper_fields[] = {
	FIELD(struct quote_paper, number, F_STR),
	FIELD(struct quote_paper, version, F_INT),
	FIELD(struct quote_paper, title, F_STR),
	FIELD(struct quote_paper, lang, F_STR),
	FIELD(struct quote_paper, currency, F_STR),
	FIELD(struct quote_paper, places, F_INT),
	FIELD(struct quote_paper, published_at, F_TIME, .flags = F_NULL),
	FIELD(struct quote_paper, expires_at, F_TIME, .flags = F_NULL),
	FIELD(struct quote_paper, zone_ms, F_INT),
	FIELD(struct quote_paper, terms, F_STR),
	FIELD(struct quote_paper, comments, F_STR),
	FIELD(struct quote_paper, net, F_STR),
	FIELD(struct quote_paper, discount, F_STR),
	FIELD(struct quote_paper, tax, F_STR),
	FIELD(struct quote_paper, total, F_STR),
};
static const struct shape paper_shape = SHAPE("QuotePaper", struct quote_paper, paper_fields);

static void write_rows(struct json *j, const char *name, const struct shape *shape, const void *rows, size_t n)
{
	json_key(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		json_row(j, shape, (const char *)rows + i * shape->size_bytes);
	json_array_end(j);
}

void quote_paper_write(struct json *j, const struct quote_paper *p)
{
	json_members(j, &paper_shape, p);
	json_key(j, "sender");
	json_row(j, &party_shape, &p->sender);
	json_key(j, "buyer");
	json_row(j, &party_shape, &p->buyer);
	write_rows(j, "lines", &quote_paper_line_shape, p->lines, p->line_n);
	write_rows(j, "taxes", &tax_shape, p->taxes, p->tax_n);
}

/* The members of an object that the shape names. */
static enum err read_object(struct ctx *c, const json_t *object, const struct shape *shape, void *out)
{
	json_t *known = json_object();
	arena_defer(c->a, (void (*)(void *))json_decref, known);
	for (size_t i = 0; i < shape->field_n; i++) {
		const char *name = str_z(c->a, field_wire_name(c, &shape->fields[i]));
		json_t *value = json_object_get(object, name);
		if (value != NULL)
			json_object_set(known, name, value);
	}
	return json_read(c, known, shape, out);
}

static enum err read_rows(struct ctx *c, const json_t *list, const struct shape *shape, void *rows)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		TRY(read_object(c, json_array_get(list, i), shape, (char *)rows + i * shape->size_bytes));
	return OK;
}

enum err quote_paper_read(struct ctx *c, struct str json, struct quote_paper *out)
{
	json_t *object;
	struct quote_paper p = {0};
	TRY(json_parse(c, json, &object));
	const json_t *lines = json_get_array(object, "lines"), *taxes = json_get_array(object, "taxes");
	TRY(read_object(c, object, &paper_shape, &p));
	TRY(read_object(c, json_get_object(object, "sender"), &party_shape, &p.sender));
	TRY(read_object(c, json_get_object(object, "buyer"), &party_shape, &p.buyer));
	p.line_n = json_array_size(lines);
	p.lines = NEW_ARRAY(c->a, p.line_n, struct quote_paper_line);
	TRY(read_rows(c, lines, &quote_paper_line_shape, p.lines));
	p.tax_n = json_array_size(taxes);
	p.taxes = NEW_ARRAY(c->a, p.tax_n, struct quote_paper_tax);
	TRY(read_rows(c, taxes, &tax_shape, p.taxes));
	*out = p;
	return OK;
}
