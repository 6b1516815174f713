/* A value is read token by token into a small buffer of its own (the tokens' canonical text), which is taken over
 * only when the whole declaration was understood. Reading is by the byte classes of CSS Syntax level 3, without its
 * escapes. */

#include "text/html_css.h"

#include <string.h>

enum takes {
	WORD = 1,   /* solid, center, auto */
	LENGTH = 2, /* 12px, 1.5, 50% */
	COLOR = 4,  /* red, #f00, rgb(...) */
	FONTS = 8,  /* Arial, 'Segoe UI', sans-serif */
	SLASH = 16, /* 12px/1.5 */
};

struct property {
	const char *name;
	unsigned takes;
};

/* Sorted by nothing but sense; a style has few declarations. */
static const struct property properties[] = {
	{"color", COLOR},
	{"background-color", COLOR},
	{"background", COLOR},
	{"font", WORD | LENGTH | FONTS | SLASH},
	{"font-family", FONTS},
	{"font-size", WORD | LENGTH},
	{"font-weight", WORD | LENGTH},
	{"font-style", WORD},
	{"font-variant", WORD},
	{"line-height", WORD | LENGTH},
	{"letter-spacing", WORD | LENGTH},
	{"text-align", WORD},
	{"text-decoration", WORD | COLOR},
	{"text-decoration-line", WORD},
	{"text-transform", WORD},
	{"text-indent", LENGTH},
	{"vertical-align", WORD | LENGTH},
	{"white-space", WORD},
	{"word-break", WORD},
	{"word-wrap", WORD},
	{"overflow-wrap", WORD},
	{"direction", WORD},
	{"display", WORD},
	{"float", WORD},
	{"clear", WORD},
	{"width", WORD | LENGTH},
	{"min-width", WORD | LENGTH},
	{"max-width", WORD | LENGTH},
	{"height", WORD | LENGTH},
	{"min-height", WORD | LENGTH},
	{"max-height", WORD | LENGTH},
	{"margin", WORD | LENGTH},
	{"margin-top", WORD | LENGTH},
	{"margin-right", WORD | LENGTH},
	{"margin-bottom", WORD | LENGTH},
	{"margin-left", WORD | LENGTH},
	{"padding", LENGTH},
	{"padding-top", LENGTH},
	{"padding-right", LENGTH},
	{"padding-bottom", LENGTH},
	{"padding-left", LENGTH},
	{"border", WORD | LENGTH | COLOR},
	{"border-top", WORD | LENGTH | COLOR},
	{"border-right", WORD | LENGTH | COLOR},
	{"border-bottom", WORD | LENGTH | COLOR},
	{"border-left", WORD | LENGTH | COLOR},
	{"border-color", COLOR},
	{"border-style", WORD},
	{"border-width", WORD | LENGTH},
	{"border-radius", LENGTH},
	{"border-collapse", WORD},
	{"border-spacing", LENGTH},
	{"table-layout", WORD},
	{"list-style-type", WORD},
};

enum { MAX_VALUE_BYTES = 512, MAX_WORD_BYTES = 40, MAX_NUMBER_BYTES = 8 };

/* The canonical text of one value. */
struct value {
	char bytes[MAX_VALUE_BYTES];
	size_t n;
	bool is_bad;
};

static void put(struct value *v, struct str s)
{
	if (s.n == 0)
		return;
	if (s.n > sizeof(v->bytes) - v->n) {
		v->is_bad = true;
		return;
	}
	memcpy(v->bytes + v->n, s.p, s.n);
	v->n += s.n;
}

static bool is_letter(char byte)
{
	return (byte | 32) >= 'a' && (byte | 32) <= 'z';
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_hex(char byte)
{
	return is_digit(byte) || ((byte | 32) >= 'a' && (byte | 32) <= 'f');
}

static bool is_word_byte(char byte)
{
	return is_letter(byte) || is_digit(byte) || byte == '-' || byte == '_' || (byte & 0x80);
}

static struct str take_while(struct str *s, bool (*is)(char byte))
{
	size_t n = 0;
	while (n < s->n && is(s->p[n]))
		n++;
	struct str taken = str_head(*s, n);
	*s = str_skip(*s, n);
	return taken;
}

/* 12, 1.5, .5 with a unit, % or nothing; at most four digits before the point, so that nothing is a mile wide. */
static bool take_number(struct str *s, struct str *out)
{
	static const char *const units[] = {"px", "pt", "em", "rem", "ex", "ch", "cm", "mm", "in", "pc", "%", ""};
	struct str all = *s, whole = take_while(s, is_digit), part = STR("");
	if (s->n > 1 && s->p[0] == '.' && is_digit(s->p[1])) {
		*s = str_skip(*s, 1);
		part = take_while(s, is_digit);
	}
	struct str unit = str_head(*s, s->n > 0 && s->p[0] == '%');
	*s = str_skip(*s, unit.n);
	if (unit.n == 0)
		unit = take_while(s, is_word_byte);
	*out = str_head(all, all.n - s->n);
	if (whole.n + part.n == 0 || whole.n > 4 || part.n > MAX_NUMBER_BYTES)
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (str_eq_nocase(unit, str_c(units[i])))
			return true;
	return false;
}

static bool take_hex_color(struct str *s, struct str *out)
{
	struct str all = *s;
	*s = str_skip(*s, 1);
	struct str digits = take_while(s, is_hex);
	*out = str_head(all, digits.n + 1);
	return (digits.n == 3 || digits.n == 4 || digits.n == 6 || digits.n == 8) &&
	       (s->n == 0 || !is_word_byte(s->p[0]));
}

static bool is_color_argument(char byte)
{
	return is_digit(byte) || byte == '.' || byte == '%' || byte == ',' || byte == '/' || byte == ' ';
}

/* Behind "rgb" and the like, at the bracket. Numbers only, so blanks are the one thing to make canonical: they stay. */
static bool take_arguments(struct str *s, struct str *out)
{
	struct str all = *s;
	*s = str_skip(*s, 1);
	struct str inner = take_while(s, is_color_argument);
	if (inner.n == 0 || inner.n > 48 || s->n == 0 || s->p[0] != ')')
		return false;
	*s = str_skip(*s, 1);
	*out = str_head(all, inner.n + 2);
	return true;
}

static bool is_color_function(struct str word)
{
	return str_eq_nocase(word, STR("rgb")) || str_eq_nocase(word, STR("rgba")) || str_eq_nocase(word, STR("hsl"))
		|| str_eq_nocase(word, STR("hsla"));
}

static bool is_font_byte(char byte)
{
	return is_word_byte(byte) || byte == ' ' || byte == '.';
}

/* A quoted name of a font, written with single quotes. */
static bool take_string(struct value *v, struct str *s)
{
	char quote = s->p[0];
	*s = str_skip(*s, 1);
	struct str inner = take_while(s, is_font_byte);
	if (s->n == 0 || s->p[0] != quote)
		return false;
	*s = str_skip(*s, 1);
	put(v, STR("'"));
	put(v, inner);
	put(v, STR("'"));
	return true;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] & 0x80)
			return false;
	return true;
}

static bool take_word(struct value *v, struct str *s, unsigned takes)
{
	struct str word = take_while(s, is_word_byte), arguments = STR_NULL;
	if (word.n > MAX_WORD_BYTES || (!(takes & FONTS) && !is_ascii(word)))
		return false;
	if (s->n > 0 && s->p[0] == '(') {
		if (!(takes & COLOR) || !is_color_function(word) || !take_arguments(s, &arguments))
			return false;
	} else if (!(takes & (WORD | COLOR | FONTS))) {
		return false;
	}
	put(v, word);
	put(v, arguments);
	return true;
}

static bool take_token(struct value *v, struct str *s, unsigned takes)
{
	char byte = s->p[0];
	struct str token;
	bool is_dashed = (takes & FONTS) && byte == '-' && s->n > 1 && is_letter(s->p[1]); /* -apple-system */
	if (is_letter(byte) || (byte & 0x80) || is_dashed)
		return take_word(v, s, takes);
	if (byte == '#' && (takes & COLOR) && take_hex_color(s, &token)) {
		put(v, token);
		return true;
	}
	if ((is_digit(byte) || byte == '.') && (takes & LENGTH) && take_number(s, &token)) {
		put(v, token);
		return true;
	}
	if ((byte == '"' || byte == '\'') && (takes & FONTS))
		return take_string(v, s);
	if ((byte == ',' && (takes & FONTS)) || (byte == '/' && (takes & SLASH))) {
		put(v, str_head(*s, 1));
		*s = str_skip(*s, 1);
		return true;
	}
	return false;
}

static bool is_joint(char byte)
{
	return byte == ',' || byte == '/';
}

/* Tokens with one blank between two of them, none around commas and slashes. */
static bool read_value(struct value *v, struct str s, unsigned takes)
{
	v->n = 0;
	v->is_bad = false;
	for (s = str_trim(s); s.n > 0; s = str_trim(s)) {
		if (v->n > 0 && !is_joint(s.p[0]) && !is_joint(v->bytes[v->n - 1]))
			put(v, STR(" "));
		if (!take_token(v, &s, takes) || v->is_bad)
			return false;
	}
	return v->n > 0;
}

static const struct property *find_property(struct str name)
{
	for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++)
		if (str_eq_nocase(name, str_c(properties[i].name)))
			return &properties[i];
	return NULL;
}

/* Everything up to the ';' that ends the declaration: one inside quotes or brackets does not. */
static struct str cut_declaration(struct str *rest)
{
	char quote = '\0';
	int depth = 0;
	size_t i = 0;
	for (; i < rest->n; i++) {
		char byte = rest->p[i];
		if (quote != '\0')
			quote = byte == quote ? '\0' : quote;
		else if (byte == '"' || byte == '\'')
			quote = byte;
		else if (byte == '(')
			depth++;
		else if (byte == ')' && depth > 0)
			depth--;
		else if (byte == ';' && depth == 0)
			break;
	}
	struct str declaration = str_head(*rest, i);
	*rest = str_skip(*rest, i + 1);
	return declaration;
}

static struct str without_important(struct str value)
{
	ptrdiff_t bang = str_find_byte(value, '!');
	if (bang < 0 || !str_eq_nocase(str_trim(str_skip(value, (size_t)bang + 1)), STR("important")))
		return value;
	return str_head(value, (size_t)bang);
}

/* What is read of a long style: whole declarations only. */
static struct str head_of(struct str style)
{
	if (style.n <= MAX_STYLE_BYTES)
		return style;
	const char *last = memrchr(style.p, ';', MAX_STYLE_BYTES);
	return str_head(style, last ? (size_t)(last - style.p) : 0);
}

void css_clean(struct buf *b, struct str style)
{
	struct value v;
	struct str rest = head_of(style);
	size_t written = 0; /* never above MAX_STYLE_BYTES either, so that all of it is read the next time */
	while (rest.n > 0) {
		struct str declaration = cut_declaration(&rest);
		ptrdiff_t colon = str_find_byte(declaration, ':');
		if (colon < 0)
			continue;
		const struct property *property = find_property(str_trim(str_head(declaration, (size_t)colon)));
		struct str value = without_important(str_skip(declaration, (size_t)colon + 1));
		if (property == NULL || !read_value(&v, value, property->takes))
			continue;
		size_t n = (written > 0) + strlen(property->name) + 1 + v.n;
		if (written + n > MAX_STYLE_BYTES)
			return;
		if (written > 0)
			buf_byte(b, ';');
		buf_add(b, str_c(property->name));
		buf_byte(b, ':');
		buf_add(b, (struct str){v.bytes, v.n});
		written += n;
	}
}

bool css_clean_color(struct buf *b, struct str color)
{
	struct value v;
	color = str_trim(color);
	bool is_bare_hex = color.n == 6;
	for (size_t i = 0; i < color.n; i++)
		is_bare_hex = is_bare_hex && is_hex(color.p[i]);
	if (is_bare_hex) {
		buf_byte(b, '#');
		buf_add(b, color);
		return true;
	}
	if (!read_value(&v, color, COLOR) || memchr(v.bytes, ' ', v.n) != NULL)
		return false;
	buf_add(b, (struct str){v.bytes, v.n});
	return true;
}
