/* The XML is not parsed but scanned for the two kinds of elements that matter: their attributes are machine-made, and what does not
 * look like that (another encoding, a DOCTYPE, entities) is refused. */

#include "text/document_type.h"

#include "base/arena.h"
#include "text/image_size.h"
#include "text/zip.h"

enum { PDF_HEAD_BYTES = 1024 }; /* readers look for the magic in as many */

#define OOXML "application/vnd.openxmlformats-officedocument."
#define OFFICE_DOCUMENT "/officeDocument"

static const struct {
	struct str extension, content_type;
} formats[DOCUMENT_FORMAT_N] = {
	[DOCUMENT_PDF] = {STR("pdf"), STR("application/pdf")},
	[DOCUMENT_DOCX] = {STR("docx"), STR(OOXML "wordprocessingml.document")},
	[DOCUMENT_PPTX] = {STR("pptx"), STR(OOXML "presentationml.presentation")},
	[DOCUMENT_XLSX] = {STR("xlsx"), STR(OOXML "spreadsheetml.sheet")},
};

struct str document_extension(enum document_format f)
{
	return formats[f].extension;
}

struct str document_content_type(enum document_format f)
{
	return formats[f].content_type;
}

static enum err not_ours(struct ctx *c)
{
	return fail_field(c, STR("file"), STR("INVALID_FILE_TYPE"), "This is not a PDF, DOCX, PPTX or XLSX document.");
}

static enum err is_locked(struct ctx *c)
{
	return fail_field(c, STR("file"), STR("INVALID_FILE_TYPE"),
	                  "This document is protected by a password or of an old format: save it without one as PDF, DOCX, PPTX or XLSX.");
}

static enum err is_broken(struct ctx *c)
{
	fail_clear(c);
	return fail_field(c, STR("file"), STR("INVALID_FILE_TYPE"), "This document is broken: it cannot be read to its end.");
}

/* PDF --------------------------------------------------------------------------------------------------------------- */

static bool is_blank(char b)
{
	return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '\f';
}

/* "/Encrypt 12 0 R" or "/Encrypt <<" (ISO 32000-1, 7.6.1): in the trailer, or the dictionary of a cross-reference stream; neither is
 * ever packed. */
static bool says_encrypted(struct str s)
{
	for (ptrdiff_t at; (at = str_find(s, STR("/Encrypt"))) >= 0;) {
		s = str_skip(s, (size_t)at + 8);
		struct str rest = s;
		while (rest.n > 0 && is_blank(rest.p[0]))
			rest = str_skip(rest, 1);
		bool is_dictionary = str_starts(rest, STR("<<"));
		size_t digits = 0;
		while (digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9')
			digits++;
		bool is_reference = rest.p != s.p && digits > 0 && digits < rest.n && is_blank(rest.p[digits]);
		if (is_dictionary || is_reference)
			return true;
	}
	return false;
}

/* Office ------------------------------------------------------------------------------------------------------------ */

/* The value of an attribute within a start tag; null: none, or one with entities. */
static struct str attribute(struct str tag, struct str name)
{
	for (ptrdiff_t at; (at = str_find(tag, name)) >= 0; tag = str_skip(tag, (size_t)at + name.n)) {
		struct str rest = str_trim(str_skip(tag, (size_t)at + name.n));
		bool is_whole = at > 0 && is_blank(tag.p[at - 1]);
		if (!is_whole || !str_starts(rest, STR("=")))
			continue;
		rest = str_trim(str_skip(rest, 1));
		char quote = rest.n ? rest.p[0] : 0;
		struct str value = str_skip(rest, 1);
		ptrdiff_t end = str_find_byte(value, quote);
		if ((quote != '"' && quote != '\'') || end < 0)
			return STR_NULL;
		value = str_head(value, (size_t)end);
		return str_find_byte(value, '&') < 0 ? value : STR_NULL;
	}
	return STR_NULL;
}

/* The next start tag of that name, without its brackets; false: no further one. */
static bool next_tag(struct str *xml, struct str name, struct str *out)
{
	for (ptrdiff_t at; (at = str_find(*xml, name)) >= 0;) {
		struct str rest = str_skip(*xml, (size_t)at + name.n);
		ptrdiff_t end = str_find_byte(rest, '>');
		if (end < 0)
			return false;
		*xml = str_skip(rest, (size_t)end);
		if (end > 0 && is_blank(rest.p[0])) {
			*out = str_head(rest, (size_t)end);
			return true;
		}
	}
	return false;
}

static bool is_plain_xml(struct str xml)
{
	return str_find(xml, STR("<!")) < 0 && str_find_byte(xml, 0) < 0;
}

static enum err read_xml(struct ctx *c, const struct zip *z, struct str name, struct str *out)
{
	const struct zip_entry *e = zip_find(z, name);
	if (e == NULL)
		return not_ours(c);
	if (zip_read(c, z, e, MAX_DOCUMENT_XML_BYTES, out) != OK || !is_plain_xml(*out))
		return is_broken(c);
	return OK;
}

/* The part that the package is about: the target of its one relationship of type …/officeDocument. */
static struct str main_part(struct ctx *c, struct str rels)
{
	struct str tag, part = STR_NULL;
	while (next_tag(&rels, STR("<Relationship"), &tag)) {
		if (!str_ends(attribute(tag, STR("Type")), STR(OFFICE_DOCUMENT)))
			continue;
		if (!str_is_null(part))
			return STR_NULL;
		part = attribute(tag, STR("Target"));
	}
	return part.n == 0 || part.p[0] == '/' ? part : str_cat(c->a, STR("/"), part);
}

static struct str part_type(struct str types, struct str part)
{
	struct str tag, type = STR_NULL;
	while (next_tag(&types, STR("<Override"), &tag)) {
		if (!str_eq_nocase(attribute(tag, STR("PartName")), part))
			continue;
		if (!str_is_null(type))
			return STR_NULL;
		type = attribute(tag, STR("ContentType"));
	}
	return type;
}

static bool has_macros(const struct zip *z, struct str types)
{
	for (size_t i = 0; i < z->n; i++) {
		struct str name = z->entries[i].name;
		struct str tail = name.n > 14 ? str_skip(name, name.n - 14) : name;
		if (str_eq_nocase(tail, STR("vbaProject.bin")))
			return true;
	}
	return str_find_nocase(types, STR("macroEnabled")) >= 0 || str_find_nocase(types, STR("vbaProject")) >= 0;
}

static enum err sniff_office(struct ctx *c, struct str bytes, enum document_format *out)
{
	struct zip z;
	struct str types, rels;
	if (zip_open(c, bytes, &z) != OK)
		return is_broken(c);
	TRY(read_xml(c, &z, STR("[Content_Types].xml"), &types));
	TRY(read_xml(c, &z, STR("_rels/.rels"), &rels));
	if (has_macros(&z, types))
		return fail_field(c, STR("file"), STR("INVALID_FILE_TYPE"), "This document has macros: save it without them.");
	struct str part = main_part(c, rels), type = part_type(types, part);
	if (part.n == 0 || zip_find(&z, str_skip(part, 1)) == NULL)
		return not_ours(c);
	for (int f = DOCUMENT_DOCX; f < DOCUMENT_FORMAT_N; f++)
		if (str_eq(type, str_cat(c->a, formats[f].content_type, STR(".main+xml")))) {
			*out = (enum document_format)f;
			return OK;
		}
	return not_ours(c);
}

enum err document_sniff(struct ctx *c, struct str bytes, enum document_format *out)
{
	struct str head = str_head(bytes, PDF_HEAD_BYTES);
	if (str_starts(head, STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
		return is_locked(c);
	if (zip_is_one(head))
		return sniff_office(c, bytes, out);
	if (str_find(head, STR("%PDF-")) < 0)
		return not_ours(c);
	if (says_encrypted(bytes))
		return is_locked(c);
	*out = DOCUMENT_PDF;
	return OK;
}

enum err document_picture(struct ctx *c, struct str bytes, struct str *out)
{
	static const struct str names[] = {STR("docProps/thumbnail.jpeg"), STR("docProps/thumbnail.jpg"), STR("docProps/thumbnail.png")};
	struct image_size image;
	struct zip z;
	enum err e = zip_open(c, bytes, &z);
	for (size_t i = 0; e == OK && i < sizeof(names) / sizeof(names[0]); i++) {
		const struct zip_entry *entry = zip_find(&z, names[i]);
		if (entry == NULL || zip_read(c, &z, entry, MAX_DOCUMENT_PICTURE_BYTES, out) != OK || !image_size(*out, &image))
			continue;
		if (str_eq(image.encoding, STR("jpeg")) || str_eq(image.encoding, STR("png")))
			return OK;
	}
	fail_clear(c);
	return fail(c, ERR_NOT_FOUND, "no picture of its first page");
}
