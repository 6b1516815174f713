#include "text/html_clean_int.h"

#include <stdbool.h>

/* Sorted by name, for the search. */
static const struct tag tags[] = {
	/* name          fate      groups               ends                within */
	{"a",          TAG_KEEP, G_A | G_INLINE,      " a ",              CELL_WALLS},
	{"abbr",       TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"address",    TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"applet",     TAG_SKIP, 0,                   NULL,               NULL},
	{"article",    TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"aside",      TAG_KEEP, G_BLOCK | G_ASIDE,   NULL,               NULL},
	{"audio",      TAG_SKIP, 0,                   NULL,               NULL},
	{"b",          TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"bdi",        TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"bdo",        TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"big",        TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"blockquote", TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"body",       TAG_BODY, G_BLOCK,             NULL,               NULL},
	{"br",         TAG_VOID, 0,                   NULL,               NULL},
	{"canvas",     TAG_SKIP, 0,                   NULL,               NULL},
	{"caption",    TAG_KEEP, G_BLOCK,             " caption ",        " table "},
	{"center",     TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"cite",       TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"code",       TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"col",        TAG_VOID, G_COL,               NULL,               NULL},
	{"colgroup",   TAG_KEEP, G_BLOCK | G_COL,     " colgroup ",       " table "},
	{"datalist",   TAG_SKIP, 0,                   NULL,               NULL},
	{"dd",         TAG_KEEP, G_BLOCK,             " dd dt ",          " dl table "},
	{"del",        TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"dfn",        TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"div",        TAG_KEEP, G_BLOCK | G_DIV,     NULL,               NULL},
	{"dl",         TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"dt",         TAG_KEEP, G_BLOCK,             " dd dt ",          " dl table "},
	{"em",         TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"figcaption", TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"figure",     TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"font",       TAG_KEEP, G_INLINE | G_FONT,   NULL,               NULL},
	{"footer",     TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"h1",         TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"h2",         TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"h3",         TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"h4",         TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"h5",         TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"h6",         TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"header",     TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"hr",         TAG_VOID, G_HR,                NULL,               NULL},
	{"i",          TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"iframe",     TAG_RAW,  0,                   NULL,               NULL},
	{"img",        TAG_VOID, G_IMG,               NULL,               NULL},
	{"ins",        TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"kbd",        TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"li",         TAG_KEEP, G_BLOCK | G_LI,      " li ",             " ol ul table "},
	{"main",       TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"map",        TAG_SKIP, 0,                   NULL,               NULL},
	{"mark",       TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"math",       TAG_SKIP, 0,                   NULL,               NULL},
	{"nav",        TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"noembed",    TAG_RAW,  0,                   NULL,               NULL},
	{"noframes",   TAG_RAW,  0,                   NULL,               NULL},
	{"noscript",   TAG_RAW,  0,                   NULL,               NULL},
	{"object",     TAG_SKIP, 0,                   NULL,               NULL},
	{"ol",         TAG_KEEP, G_BLOCK | G_OL,      NULL,               NULL},
	{"p",          TAG_KEEP, G_BLOCK,             " p ",              CELL_WALLS},
	{"pre",        TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"q",          TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"rp",         TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"rt",         TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"ruby",       TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"s",          TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"samp",       TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"script",     TAG_RAW,  0,                   NULL,               NULL},
	{"section",    TAG_KEEP, G_BLOCK,             NULL,               NULL},
	{"select",     TAG_SKIP, 0,                   NULL,               NULL},
	{"small",      TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"span",       TAG_KEEP, G_INLINE | G_SPAN,   NULL,               NULL},
	{"strike",     TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"strong",     TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"style",      TAG_RAW,  0,                   NULL,               NULL},
	{"sub",        TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"sup",        TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"svg",        TAG_SKIP, 0,                   NULL,               NULL},
	{"table",      TAG_KEEP, G_BLOCK | G_TABLE,   NULL,               NULL},
	{"tbody",      TAG_KEEP, G_BLOCK | G_ROWS,    " tbody thead tfoot ", " table "},
	{"td",         TAG_KEEP, G_BLOCK | G_CELL,    " td th ",          " tr table "},
	{"template",   TAG_SKIP, 0,                   NULL,               NULL},
	{"textarea",   TAG_RAW,  0,                   NULL,               NULL},
	{"tfoot",      TAG_KEEP, G_BLOCK | G_ROWS,    " tbody thead tfoot ", " table "},
	{"th",         TAG_KEEP, G_BLOCK | G_CELL,    " td th ",          " tr table "},
	{"thead",      TAG_KEEP, G_BLOCK | G_ROWS,    " tbody thead tfoot ", " table "},
	{"title",      TAG_RAW,  0,                   NULL,               NULL},
	{"tr",         TAG_KEEP, G_BLOCK | G_ROWS,    " tr ",             " table "},
	{"tt",         TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"u",          TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"ul",         TAG_KEEP, G_BLOCK | G_OL,      NULL,               NULL},
	{"var",        TAG_KEEP, G_INLINE,            NULL,               NULL},
	{"video",      TAG_SKIP, 0,                   NULL,               NULL},
	{"wbr",        TAG_VOID, 0,                   NULL,               NULL},
	{"xmp",        TAG_RAW,  0,                   NULL,               NULL},
};

static const struct attr attrs[] = {
	/* name             kind      groups */
	{"style",           A_STYLE,  G_ALL},
	{"title",           A_TEXT,   G_ALL},
	{"dir",             A_WORD,   G_ALL},
	{"lang",            A_WORD,   G_ALL},
	{"align",           A_WORD,   G_ALL},
	{"href",            A_LINK,   G_A},
	{"src",             A_IMAGE,  G_IMG},
	{"data-cid",        A_IMAGE,  G_IMG},
	{"data-remote-src", A_IMAGE,  G_IMG},
	{"alt",             A_TEXT,   G_IMG},
	{"hspace",          A_NUMBER, G_IMG},
	{"vspace",          A_NUMBER, G_IMG},
	{"border",          A_NUMBER, G_IMG | G_TABLE},
	{"width",           A_LENGTH, G_IMG | G_TABLE | G_CELL | G_COL | G_HR},
	{"height",          A_LENGTH, G_IMG | G_TABLE | G_CELL | G_ROWS},
	{"cellpadding",     A_NUMBER, G_TABLE},
	{"cellspacing",     A_NUMBER, G_TABLE},
	{"bgcolor",         A_COLOR,  G_TABLE | G_ROWS | G_CELL},
	{"valign",          A_WORD,   G_ROWS | G_CELL | G_COL},
	{"colspan",         A_NUMBER, G_CELL},
	{"rowspan",         A_NUMBER, G_CELL},
	{"nowrap",          A_FLAG,   G_CELL},
	{"span",            A_NUMBER, G_COL},
	{"color",           A_COLOR,  G_FONT | G_HR},
	{"face",            A_FONT,   G_FONT},
	{"size",            A_SIZE,   G_FONT | G_HR},
	{"start",           A_NUMBER, G_OL},
	{"type",            A_WORD,   G_OL | G_LI},
	{"value",           A_NUMBER, G_LI},
	{"noshade",         A_FLAG,   G_HR},
	{"data-user-id",    A_USER,   G_SPAN},
	{"data-card",       A_CARD,   G_DIV},
	{"data-call-out",   A_CALL_OUT, G_ASIDE},
};

_Static_assert(sizeof(attrs) / sizeof(attrs[0]) < 63, "seen attributes are kept as bits");

static char lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

/* As strcmp, of a name in any case with one in lower case. */
static int compare(struct str name, const char *with)
{
	for (size_t i = 0; i < name.n; i++) {
		int order = (unsigned char)lower(name.p[i]) - (unsigned char)with[i];
		if (order != 0 || with[i] == '\0')
			return order;
	}
	return with[name.n] == '\0' ? 0 : -1;
}

const struct tag *tag_find(struct str name)
{
	size_t low = 0, high = sizeof(tags) / sizeof(tags[0]);
	if (name.n >= MAX_TAG_NAME_BYTES)
		return NULL;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = compare(name, tags[middle].name);
		if (order == 0)
			return &tags[middle];
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct attr *attr_find(const struct tag *tag, struct str name, unsigned *index_out)
{
	if (name.n == 0 || name.n >= MAX_TAG_NAME_BYTES)
		return NULL;
	for (unsigned i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++) {
		bool may_have = attrs[i].groups == G_ALL || (attrs[i].groups & tag->groups);
		if (!may_have || attrs[i].name[0] != lower(name.p[0]) || compare(name, attrs[i].name) != 0)
			continue;
		*index_out = i;
		return &attrs[i];
	}
	return NULL;
}
