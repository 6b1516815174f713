/* Documents and what pretends to be one. Archives are made here, byte by byte, so that each of their lies is told on purpose. */

#include "text/document_type.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "text/zip.h"

enum { BUDGET_BYTES = 128 << 20, MAX_MADE_BYTES = 32 << 20, MAX_MADE = 10 };

struct made {
	struct str name, bytes;
	bool is_packed;
	uint32_t says_bytes; /* 0: the truth */
	uint32_t flags;
};

static void add16(struct buf *b, uint32_t v)
{
	buf_byte(b, (char)(v & 0xff));
	buf_byte(b, (char)(v >> 8 & 0xff));
}

static void add32(struct buf *b, uint32_t v)
{
	add16(b, v & 0xffff);
	add16(b, v >> 16);
}

static struct str pack(struct arena *a, struct str bytes)
{
	uLong room = compressBound(bytes.n) + 64;
	char *out = arena_alloc(a, room), *in = arena_alloc(a, bytes.n + 1);
	memcpy(in, bytes.p, bytes.n);
	z_stream z = {.next_in = (Bytef *)in, .avail_in = (uInt)bytes.n, .next_out = (Bytef *)out, .avail_out = (uInt)room};
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	struct str packed = {out, z.total_out};
	deflateEnd(&z);
	return packed;
}

static void add_head(struct buf *b, const struct made *m, struct str packed)
{
	add16(b, 20);
	add16(b, m->flags);
	add16(b, m->is_packed ? 8 : 0);
	add32(b, 0);
	add32(b, (uint32_t)crc32(0, (const Bytef *)m->bytes.p, (uInt)m->bytes.n));
	add32(b, (uint32_t)packed.n);
	add32(b, m->says_bytes ? m->says_bytes : (uint32_t)m->bytes.n);
	add16(b, (uint32_t)m->name.n);
	add16(b, 0);
}

static struct str make_zip(struct arena *a, const struct made *made, size_t n)
{
	struct buf b, directory;
	buf_init(&b, a, MAX_MADE_BYTES);
	buf_init(&directory, a, MAX_MADE_BYTES);
	for (size_t i = 0; i < n; i++) {
		struct str packed = made[i].is_packed ? pack(a, made[i].bytes) : made[i].bytes;
		size_t at = b.n;
		buf_lit(&b, "PK\3\4");
		add_head(&b, &made[i], packed);
		buf_add(&b, made[i].name);
		buf_add(&b, packed);
		buf_lit(&directory, "PK\1\2");
		add16(&directory, 20);
		add_head(&directory, &made[i], packed);
		add16(&directory, 0);
		add32(&directory, 0);
		add32(&directory, 0);
		add32(&directory, (uint32_t)at);
		buf_add(&directory, made[i].name);
	}
	size_t at = b.n;
	buf_add(&b, buf_str(&directory));
	buf_lit(&b, "PK\5\6");
	add32(&b, 0);
	add16(&b, (uint32_t)n);
	add16(&b, (uint32_t)n);
	add32(&b, (uint32_t)directory.n);
	add32(&b, (uint32_t)at);
	add16(&b, 0);
	return buf_str(&b);
}

#define TYPES(part, type)                                                                              \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"x\"><Default Extension=\"rels\" ContentType=\"r\"/>" \
	"<Override PartName=\"" part "\" ContentType=\"" type "\"/></Types>"
#define RELS(part) "<Relationships><Relationship Id=\"1\" Type=\"http://x/relationships/officeDocument\" Target=\"" part "\"/></Relationships>"
#define WORD   "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#define SLIDES "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
#define SHEETS "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

/* The bytes as memory of their own, so that reading beyond them shows. */
static enum err sniff(struct ctx *c, struct str bytes, enum document_format *out)
{
	char *copy = malloc(bytes.n + !bytes.n);
	assert_non_null(copy);
	memcpy(copy, bytes.p, bytes.n);
	*out = DOCUMENT_FORMAT_N;
	enum err e = document_sniff(c, (struct str){copy, bytes.n}, out);
	free(copy);
	return e;
}

static void expect(struct str bytes, enum document_format wanted)
{
	struct ctx c = {.a = arena_open(BUDGET_BYTES)};
	enum document_format f;
	assert_int_equal(sniff(&c, bytes, &f), OK);
	assert_int_equal(f, wanted);
	arena_close(c.a);
}

static void refuse(struct str bytes, const char *says)
{
	struct ctx c = {.a = arena_open(BUDGET_BYTES)};
	enum document_format f;
	assert_int_equal(sniff(&c, bytes, &f), ERR_BAD_INPUT);
	assert_non_null(c.why.fields);
	assert_true(str_find(c.why.fields->message, str_c(says)) >= 0);
	assert_null(c.why.fields->next);
	arena_close(c.a);
}

static struct str office(struct arena *a, struct str types, struct str rels, struct str more_name, struct str more)
{
	const struct made made[] = {
		{.name = STR("[Content_Types].xml"), .bytes = types, .is_packed = true},
		{.name = STR("_rels/.rels"), .bytes = rels, .is_packed = true},
		{.name = STR("word/document.xml"), .bytes = STR("<w/>")},
		{.name = STR("ppt/presentation.xml"), .bytes = STR("<p/>")},
		{.name = STR("xl/workbook.xml"), .bytes = STR("<x/>"), .is_packed = true},
		{.name = more_name, .bytes = more},
	};
	return make_zip(a, made, more_name.n ? 6 : 5);
}

static void test_the_four_formats(void **state)
{
	struct arena *a = arena_open(BUDGET_BYTES);
	(void)state;
	expect(STR("%PDF-1.7\n1 0 obj\n"), DOCUMENT_PDF);
	expect(STR("\xef\xbb\xbf\n%PDF-2.0\n/Encryption /EncryptMetadata true"), DOCUMENT_PDF);
	expect(office(a, STR(TYPES("/word/document.xml", WORD)), STR(RELS("word/document.xml")), STR_NULL, STR_NULL), DOCUMENT_DOCX);
	expect(office(a, STR(TYPES("/ppt/presentation.xml", SLIDES)), STR(RELS("/ppt/presentation.xml")), STR_NULL, STR_NULL),
	       DOCUMENT_PPTX);
	expect(office(a, STR(TYPES("/xl/workbook.xml", SHEETS)), STR(RELS("xl/workbook.xml")), STR_NULL, STR_NULL), DOCUMENT_XLSX);
	arena_close(a);
}

static void test_the_main_part_decides(void **state)
{
	struct arena *a = arena_open(BUDGET_BYTES);
	(void)state;
	/* a sheet embedded in a text is a text */
	expect(office(a, STR("<Types><Override PartName='/xl/workbook.xml' ContentType='" SHEETS "'/>"
	                     "<Override ContentType='" WORD "' PartName='/word/document.xml'/></Types>"),
	              STR(RELS("word/document.xml")), STR_NULL, STR_NULL),
	       DOCUMENT_DOCX);
	refuse(office(a, STR(TYPES("/word/other.xml", WORD)), STR(RELS("word/document.xml")), STR_NULL, STR_NULL), "not a PDF");
	refuse(office(a, STR(TYPES("/word/gone.xml", WORD)), STR(RELS("word/gone.xml")), STR_NULL, STR_NULL), "not a PDF");
	/* two answers are none */
	refuse(office(a, STR(TYPES("/word/document.xml", WORD)),
	              STR(RELS("word/document.xml") RELS("xl/workbook.xml")), STR_NULL, STR_NULL), "not a PDF");
	arena_close(a);
}

static void test_what_is_refused(void **state)
{
	struct arena *a = arena_open(BUDGET_BYTES);
	const struct str types = STR(TYPES("/word/document.xml", WORD)), rels = STR(RELS("word/document.xml"));
	(void)state;
	refuse(STR(""), "not a PDF");
	refuse(STR("<html>%PD F"), "not a PDF");
	refuse(STR("\x89PNG\r\n\x1a\n"), "not a PDF");
	refuse(STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 compound"), "password");
	refuse(STR("%PDF-1.4\ntrailer\n<< /Encrypt 12 0 R >>"), "password");
	refuse(STR("%PDF-1.4\ntrailer\n<</Encrypt<</Filter/Standard>>>>"), "password");
	refuse(office(a, STR(TYPES("/word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml")), rels, STR_NULL,
	              STR_NULL), "macros");
	refuse(office(a, types, rels, STR("word/vbaProject.bin"), STR("x")), "macros");
	refuse(office(a, types, rels, STR("word/VBAPROJECT.BIN"), STR("x")), "macros");
	refuse(office(a, STR("<!DOCTYPE x [<!ENTITY y 'z'>]>" TYPES("/word/document.xml", WORD)), rels, STR_NULL, STR_NULL), "broken");
	refuse(office(a, types, rels, STR("word/document.xml"), STR("another of that name")), "broken");
	struct made locked[] = {
		{.name = STR("[Content_Types].xml"), .bytes = types, .flags = 1},
		{.name = STR("_rels/.rels"), .bytes = rels},
	};
	refuse(make_zip(a, locked, 2), "broken");
	refuse(make_zip(a, locked + 1, 1), "not a PDF");
	arena_close(a);
}

/* 16 MiB of blanks in 16 KiB; and an entry that says it is small. */
static void test_bombs_do_not_go_off(void **state)
{
	struct arena *a = arena_open(BUDGET_BYTES);
	const size_t n = 16 << 20;
	char *blanks = arena_alloc(a, n);
	memset(blanks, ' ', n);
	struct made bomb[] = {
		{.name = STR("[Content_Types].xml"), .bytes = {blanks, n}, .is_packed = true},
		{.name = STR("_rels/.rels"), .bytes = STR(RELS("a"))},
	};
	(void)state;
	refuse(make_zip(a, bomb, 2), "broken");
	bomb[0].says_bytes = 1000;
	refuse(make_zip(a, bomb, 2), "broken");
	bomb[0] = (struct made){.name = STR("[Content_Types].xml"), .bytes = STR("<x/>"), .is_packed = true, .says_bytes = 1 << 19};
	refuse(make_zip(a, bomb, 2), "broken");
	arena_close(a);
}

static void test_cut_short_anywhere_is_refused(void **state)
{
	struct arena *a = arena_open(BUDGET_BYTES);
	struct str whole = office(a, STR(TYPES("/word/document.xml", WORD)), STR(RELS("word/document.xml")), STR_NULL, STR_NULL);
	(void)state;
	for (size_t n = 0; n < whole.n; n++) {
		struct ctx c = {.a = arena_open(BUDGET_BYTES)};
		enum document_format f;
		assert_int_equal(sniff(&c, str_head(whole, n), &f), ERR_BAD_INPUT);
		arena_close(c.a);
	}
	arena_close(a);
}

static enum err picture(struct ctx *c, struct str name, struct str bytes)
{
	struct str out;
	enum err e = document_picture(c, office(c->a, STR(""), STR(""), name, bytes), &out);
	if (e == OK)
		assert_true(str_eq(out, bytes));
	fail_clear(c);
	return e;
}

static void test_pictures_by_their_magic(void **state)
{
	struct ctx c = {.a = arena_open(BUDGET_BYTES)};
	struct str png = STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\5\0\0\0\5\x8\2\0\0\0");
	struct str large = {arena_alloc(c.a, 2 << 20), 2 << 20};
	(void)state;
	assert_int_equal(picture(&c, STR("docProps/thumbnail.png"), png), OK);
	assert_int_equal(picture(&c, STR("docProps/thumbnail.jpeg"), png), OK);
	assert_int_equal(picture(&c, STR("docProps/thumbnail.jpeg"), STR("<svg onload=\"alert(1)\">")), ERR_NOT_FOUND);
	assert_int_equal(picture(&c, STR("docProps/thumbnail.jpeg"), STR("GIF89a\5\0\5\0")), ERR_NOT_FOUND);
	assert_int_equal(picture(&c, STR("docProps/thumbnail.jpeg"), large), ERR_NOT_FOUND);
	assert_int_equal(picture(&c, STR("docProps/thumbnail.emf"), png), ERR_NOT_FOUND);
	arena_close(c.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_four_formats),
		cmocka_unit_test(test_the_main_part_decides),
		cmocka_unit_test(test_what_is_refused),
		cmocka_unit_test(test_bombs_do_not_go_off),
		cmocka_unit_test(test_cut_short_anywhere_is_refused),
		cmocka_unit_test(test_pictures_by_their_magic),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
