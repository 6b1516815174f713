/* Text is laid out by Pango and drawn line by line, so that whatever is longer than a page goes on on the next. The whole is drawn twice:
 * first to nowhere, to learn how many pages there are. Nothing of it is markup. */

#include "text/quote_pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "text/phrase.h"
#include "text/quote_words.h"

/* Points; A4. */
enum {
	PAGE_WIDTH = 595,
	PAGE_HEIGHT = 842,
	MARGIN = 48,
	HEAD_Y = 30,
	TOP = 62,
	BOTTOM = 790,
	FOOT_Y = 806,
	BODY_WIDTH = PAGE_WIDTH - 2 * MARGIN,
	GAP = 8,
	ROW_GAP = 5,
	TITLE_POINTS = 18,
	TEXT_POINTS = 9,
	SMALL_POINTS = 8,
	SUMS_WIDTH = 260,
	MAX_COLUMNS = 6,
};

struct pdf {
	struct ctx *c;
	const struct quote_paper *p;
	struct str lang;
	cairo_t *cr;
	PangoContext *pango;
	double y;
	int page, page_n; /* page_n 0: nobody knows yet */
};

enum face { FACE_TEXT, FACE_BOLD, FACE_SMALL, FACE_TITLE };

struct column {
	double x, width;
	bool is_number;
};

/* A figure is never broken: one that is too long for its column is written smaller. */
static void fit_figure(PangoLayout *l, double width)
{
	PangoFontDescription *font = pango_font_description_copy(pango_layout_get_font_description(l));
	int is;
	pango_layout_set_wrap(l, PANGO_WRAP_WORD);
	pango_layout_get_size(l, &is, NULL);
	double share = width * PANGO_SCALE / is;
	if (is > 0 && share < 1) {
		pango_font_description_set_absolute_size(font, (int)(pango_font_description_get_size(font) * share * 0.98));
		pango_layout_set_font_description(l, font);
	}
	pango_font_description_free(font);
}

/* The caller frees it with g_object_unref. width 0: as wide as it is. */
static PangoLayout *layout_of(struct pdf *d, struct str text, double width, enum face face, bool is_number)
{
	static const int points[] = {TEXT_POINTS, TEXT_POINTS, SMALL_POINTS, TITLE_POINTS};
	PangoLayout *l = pango_layout_new(d->pango);
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family_static(font, "sans-serif");
	pango_font_description_set_absolute_size(font, points[face] * PANGO_SCALE);
	if (face == FACE_BOLD || face == FACE_TITLE)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(l, font);
	pango_font_description_free(font);
	if (width > 0)
		pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	if (is_number)
		pango_layout_set_alignment(l, PANGO_ALIGN_RIGHT);
	pango_layout_set_text(l, text.p ? text.p : "", (int)text.n);
	if (is_number && width > 0)
		fit_figure(l, width);
	return l;
}

static double height_of(PangoLayout *l)
{
	int height;
	pango_layout_get_size(l, NULL, &height);
	return (double)height / PANGO_SCALE;
}

static void draw_at(struct pdf *d, double x, double y, PangoLayout *l)
{
	cairo_move_to(d->cr, x, y);
	pango_cairo_show_layout(d->cr, l);
	g_object_unref(l);
}

static void grey(struct pdf *d, double level)
{
	cairo_set_source_rgb(d->cr, level, level, level);
}

static void rule(struct pdf *d, double x, double width)
{
	grey(d, 0.75);
	cairo_set_line_width(d->cr, 0.5);
	cairo_move_to(d->cr, x, d->y);
	cairo_line_to(d->cr, x + width, d->y);
	cairo_stroke(d->cr);
	grey(d, 0);
}

/* Pages -------------------------------------------------------------------------------------------------------------------- */

static struct str number_text(struct pdf *d, int n)
{
	return str_fmt(d->c->a, "%d", n);
}

static struct str heading(struct pdf *d)
{
	const struct phrase_value values[] = {{"number", d->p->number}, {0}};
	if (d->p->published_at == 0)
		return phrase(d->lang, "quote.draft");
	return phrase_with(d->c->a, d->lang, "quote.heading", values);
}

static void head_and_foot(struct pdf *d)
{
	const struct phrase_value values[] = {{"page", number_text(d, d->page)}, {"pages", number_text(d, d->page_n)}, {0}};
	struct str company = d->p->sender.company.n ? d->p->sender.company : d->p->sender.name;
	PangoLayout *left = layout_of(d, company, BODY_WIDTH * 0.6, FACE_SMALL, false);
	pango_layout_set_height(left, -1);
	pango_layout_set_ellipsize(left, PANGO_ELLIPSIZE_END);
	grey(d, 0.35);
	draw_at(d, MARGIN, HEAD_Y, left);
	draw_at(d, MARGIN, HEAD_Y, layout_of(d, heading(d), BODY_WIDTH, FACE_SMALL, true));
	draw_at(d, MARGIN, FOOT_Y, layout_of(d, phrase_with(d->c->a, d->lang, "quote.page", values), BODY_WIDTH, FACE_SMALL, true));
	grey(d, 0);
}

static void begin_page(struct pdf *d)
{
	d->page++;
	d->y = TOP;
	head_and_foot(d);
}

static void next_page(struct pdf *d)
{
	cairo_show_page(d->cr);
	begin_page(d);
}

static void need(struct pdf *d, double height)
{
	if (d->y + height > BOTTOM && d->y > TOP)
		next_page(d);
}

/* Lines of text from y on, over as many pages as they take. */
static void flow(struct pdf *d, double x, PangoLayout *l)
{
	PangoLayoutIter *lines = pango_layout_get_iter(l);
	do {
		PangoRectangle box;
		pango_layout_iter_get_line_extents(lines, NULL, &box);
		double height = (double)box.height / PANGO_SCALE, above = (double)(pango_layout_iter_get_baseline(lines) - box.y) / PANGO_SCALE;
		need(d, height);
		cairo_move_to(d->cr, x + (double)box.x / PANGO_SCALE, d->y + above);
		pango_cairo_show_layout_line(d->cr, pango_layout_iter_get_line_readonly(lines));
		d->y += height;
	} while (pango_layout_iter_next_line(lines));
	pango_layout_iter_free(lines);
	g_object_unref(l);
}

static void flow_text(struct pdf *d, struct str text, enum face face)
{
	if (text.n > 0)
		flow(d, MARGIN, layout_of(d, text, BODY_WIDTH, face, false));
}

/* The first page -------------------------------------------------------------------------------------------------------------- */

static void add_line(struct buf *b, struct str text)
{
	if (text.n == 0)
		return;
	if (b->n > 0)
		buf_byte(b, '\n');
	buf_add(b, text);
}

static struct str party_text(struct pdf *d, const struct quote_party *party)
{
	struct buf b;
	const struct str parts[] = {party->company, party->name, party->title, party->address, party->email, party->phone};
	buf_init(&b, d->c->a, 64 << 10);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		add_line(&b, parts[i]);
	return b.n > 0 ? buf_str(&b) : STR("");
}

/* A label over what it is about. */
static double block(struct pdf *d, double x, double width, const char *label, struct str text)
{
	if (text.n == 0)
		return 0;
	PangoLayout *above = layout_of(d, phrase(d->lang, label), width, FACE_SMALL, false);
	PangoLayout *below = layout_of(d, text, width, FACE_TEXT, false);
	double first = height_of(above), second = height_of(below);
	grey(d, 0.35);
	draw_at(d, x, d->y, above);
	grey(d, 0);
	draw_at(d, x, d->y + first + 1, below);
	return first + second + 1;
}

static double larger(double a, double b)
{
	return a > b ? a : b;
}

static void first_page(struct pdf *d)
{
	const struct quote_paper *p = d->p;
	const double third = (BODY_WIDTH - 2 * GAP) / 3.0, half = (BODY_WIDTH - GAP) / 2.0;
	flow_text(d, p->title, FACE_TITLE);
	d->y += GAP;
	double high = block(d, MARGIN, third, "quote.number", p->number);
	high = larger(high, block(d, MARGIN + third + GAP, third, "quote.date", quote_day(d->c->a, p, d->lang, p->published_at)));
	high = larger(high, block(d, MARGIN + 2 * (third + GAP), third, "quote.validUntil", quote_day(d->c->a, p, d->lang, p->expires_at)));
	d->y += high + GAP;
	high = block(d, MARGIN, half, "quote.from", party_text(d, &p->sender));
	high = larger(high, block(d, MARGIN + half + GAP, half, "quote.to", party_text(d, &p->buyer)));
	d->y += high + 2 * GAP;
	flow_text(d, p->comments, FACE_TEXT);
	d->y += p->comments.n > 0 ? 2 * GAP : 0;
}

/* The table ------------------------------------------------------------------------------------------------------------------ */

struct table {
	struct column columns[MAX_COLUMNS];
	const char *labels[MAX_COLUMNS];
	size_t n;
};

static void add_column(struct table *t, const char *label, double width, bool is_number)
{
	t->labels[t->n] = label;
	t->columns[t->n++] = (struct column){0, width, is_number};
}

/* The first one takes what the others leave. */
static struct table table_of(const struct quote_paper *p)
{
	struct table t = {.n = 0};
	const struct quote_columns has = quote_columns(p);
	double left = BODY_WIDTH, x = MARGIN;
	add_column(&t, "quote.item", 0, false);
	add_column(&t, "quote.quantity", 52, true);
	add_column(&t, "quote.price", 76, true);
	if (has.has_discount)
		add_column(&t, "quote.discount", 70, true);
	if (has.has_tax)
		add_column(&t, "quote.tax", 42, true);
	add_column(&t, "quote.amount", 84, true);
	for (size_t i = 1; i < t.n; i++)
		left -= t.columns[i].width + GAP;
	t.columns[0].width = left;
	for (size_t i = 0; i < t.n; i++) {
		t.columns[i].x = x;
		x += t.columns[i].width + GAP;
	}
	return t;
}

static void table_head(struct pdf *d, const struct table *t)
{
	double high = 0;
	for (size_t i = 0; i < t->n; i++) {
		PangoLayout *l = layout_of(d, phrase(d->lang, t->labels[i]), t->columns[i].width, FACE_BOLD, t->columns[i].is_number);
		high = larger(high, height_of(l));
		draw_at(d, t->columns[i].x, d->y, l);
	}
	d->y += high + 2;
	rule(d, MARGIN, BODY_WIDTH);
	d->y += ROW_GAP;
}

static size_t cells_of(struct pdf *d, const struct quote_paper_line *line, struct str *out)
{
	struct arena *a = d->c->a;
	const struct quote_columns has = quote_columns(d->p);
	size_t n = 0;
	out[n++] = line->name;
	out[n++] = quote_quantity(a, d->lang, line);
	out[n++] = quote_money(a, d->p, d->lang, line->price.n ? line->price : STR("0"));
	if (has.has_discount)
		out[n++] = quote_discount(a, d->p, d->lang, line);
	if (has.has_tax)
		out[n++] = quote_percent(a, d->lang, line->tax_rate);
	out[n++] = quote_money(a, d->p, d->lang, line->net);
	return n;
}

static void table_row(struct pdf *d, const struct table *t, const struct quote_paper_line *line)
{
	struct str cells[MAX_COLUMNS];
	size_t n = cells_of(d, line, cells);
	PangoLayout *layouts[MAX_COLUMNS];
	double high = 0;
	for (size_t i = 0; i < n; i++) {
		layouts[i] = layout_of(d, cells[i], t->columns[i].width, FACE_TEXT, t->columns[i].is_number);
		if (i > 0)
			high = larger(high, height_of(layouts[i]));
	}
	/* figures are never cut in two; a new page has its table head */
	if (d->y + larger(high, 2 * TEXT_POINTS) > BOTTOM) {
		next_page(d);
		table_head(d, t);
	}
	double top = d->y;
	int page = d->page;
	for (size_t i = 1; i < n; i++)
		draw_at(d, t->columns[i].x, top, layouts[i]);
	flow(d, MARGIN, layouts[0]);
	if (line->sku.n > 0)
		flow(d, MARGIN, layout_of(d, line->sku, t->columns[0].width, FACE_SMALL, false));
	if (line->description.n > 0)
		flow(d, MARGIN, layout_of(d, line->description, t->columns[0].width, FACE_SMALL, false));
	d->y = page == d->page ? larger(d->y, top + high) : d->y;
	d->y += ROW_GAP;
}

/* Sums ------------------------------------------------------------------------------------------------------------------------- */

static void sum_row(struct pdf *d, struct str label, struct str amount, enum face face)
{
	const double x = MARGIN + BODY_WIDTH - SUMS_WIDTH, width = SUMS_WIDTH * 0.58;
	PangoLayout *left = layout_of(d, label, width, face, false);
	PangoLayout *right = layout_of(d, amount, SUMS_WIDTH - width, face, true);
	double high = larger(height_of(left), height_of(right));
	need(d, high);
	draw_at(d, x, d->y, left);
	draw_at(d, x + width, d->y, right);
	d->y += high + 2;
}

static void sums(struct pdf *d)
{
	const struct quote_paper *p = d->p;
	struct arena *a = d->c->a;
	/* they stay together */
	need(d, (double)(p->tax_n + 3) * 2 * TEXT_POINTS);
	rule(d, MARGIN, BODY_WIDTH);
	d->y += ROW_GAP;
	if (p->tax_n > 0)
		sum_row(d, phrase(d->lang, "quote.subtotal"), quote_money(a, p, d->lang, p->net), FACE_TEXT);
	for (size_t i = 0; i < p->tax_n; i++)
		sum_row(d, quote_tax_label(a, p, d->lang, &p->taxes[i]), quote_money(a, p, d->lang, p->taxes[i].amount), FACE_TEXT);
	sum_row(d, phrase(d->lang, "quote.total"), quote_money(a, p, d->lang, p->total), FACE_BOLD);
	d->y += 2 * GAP;
}

static void draw(struct pdf *d)
{
	const struct table t = table_of(d->p);
	begin_page(d);
	first_page(d);
	table_head(d, &t);
	for (size_t i = 0; i < d->p->line_n; i++)
		table_row(d, &t, &d->p->lines[i]);
	sums(d);
	if (d->p->terms.n > 0) {
		need(d, 4 * TEXT_POINTS);
		flow_text(d, phrase(d->lang, "quote.terms"), FACE_BOLD);
		d->y += 2;
		flow_text(d, d->p->terms, FACE_TEXT);
	}
}

/* The file ---------------------------------------------------------------------------------------------------------------------- */

static cairo_status_t take(void *closure, const unsigned char *bytes, unsigned n)
{
	struct buf *b = closure;
	if (b != NULL)
		buf_add(b, (struct str){(const char *)bytes, n});
	return CAIRO_STATUS_SUCCESS;
}

/* Without a date of its own a file has that of its making, and no two are the same. */
static void say_about(struct ctx *c, cairo_surface_t *surface, const struct quote_paper *p)
{
	char at[25];
	time_iso_into(at, p->published_at);
	at[19] = 'Z'; /* no milliseconds there */
	at[20] = '\0';
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, str_z(c->a, p->title));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, str_z(c->a, p->sender.company));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Bellhop");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, at);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, at);
}

static enum err draw_into(struct ctx *c, const struct quote_paper *p, struct buf *b, int page_n, int *pages_out)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take, b, PAGE_WIDTH, PAGE_HEIGHT);
	PangoFontMap *fonts = pango_cairo_font_map_new();
	struct pdf d = {
		.c = c,
		.p = p,
		.lang = phrase_language(p->lang),
		.cr = cairo_create(surface),
		.pango = pango_font_map_create_context(fonts),
		.page_n = page_n,
	};
	say_about(c, surface, p);
	pango_context_set_language(d.pango, pango_language_from_string(str_z(c->a, d.lang)));
	pango_cairo_update_context(d.cr, d.pango);
	draw(&d);
	cairo_show_page(d.cr);
	cairo_destroy(d.cr);
	cairo_surface_finish(surface);
	cairo_status_t status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	g_object_unref(d.pango);
	g_object_unref(fonts);
	*pages_out = d.page;
	return status == CAIRO_STATUS_SUCCESS ? OK : fail(c, ERR_INTERNAL, "the PDF was not drawn: %s", cairo_status_to_string(status));
}

enum err quote_pdf(struct ctx *c, const struct quote_paper *paper, size_t max_bytes, struct str *out)
{
	struct buf b;
	int page_n, again;
	TRY(draw_into(c, paper, NULL, 0, &page_n));
	buf_init(&b, c->a, max_bytes);
	TRY(draw_into(c, paper, &b, page_n, &again));
	if (buf_is_full(&b))
		return fail(c, ERR_TOO_BIG, "The PDF of the quote has more than %zu bytes.", max_bytes);
	*out = buf_str(&b);
	return OK;
}
