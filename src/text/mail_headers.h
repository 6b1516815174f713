#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The header of a mail or of one of its parts: split, unfolded, decoded (RFC 5322, 2047, 2231, 6532), and the way
 * back for one text. Nothing here fails; what is beyond a limit is left out and is_cut says so. Linear in the
 * input, no recursion. */

struct arena;

enum {
	MAX_HEADER_BLOCK_BYTES = 256 << 10, /* further fields are left out */
	MAX_HEADER_BYTES = 32 << 10,        /* of one field; its value is cut */
	MAX_HEADERS = 1000,
	MAX_HEADER_TEXT_BYTES = 998,        /* of a decoded line: subject, name (RFC 5322 section 2.1.1) */
};

struct mail_header {
	struct str name;
	struct str value; /* as it came, with its folds; borrowed from the input */
};

struct mail_headers {
	struct mail_header *list; /* in the order of the mail */
	size_t n;
	bool is_cut;
	bool is_odd;      /* the block ended without an empty line, or holds lines that are no fields */
	struct str rest;  /* what follows the header: the body */
};

/* Splits the header off raw. An mbox "From " line, and empty lines before the first field, are passed over. The
 * block ends at an empty line, or before a line that cannot be a field: then that line is the first one of the
 * body. But where more fields follow before an empty line, such a line is passed over. */
void mail_headers_parse(struct arena *a, struct str raw, struct mail_headers *out);

/* The value of the first field of that name, as it came; the null string when there is none. */
struct str mail_headers_find(const struct mail_headers *h, struct str name);
size_t mail_headers_count(const struct mail_headers *h, struct str name);

/* One line of text from a value: unfolded, without control characters, white space at the ends and NUL; valid
 * UTF-8, not decoded any further. The null string stays null. */
struct str mail_header_line(struct arena *a, struct str value);
/* The same with encoded-words decoded (RFC 2047). Neighbours in the same charset are joined before decoding, since
 * senders split characters between them. At most MAX_HEADER_TEXT_BYTES. */
struct str mail_header_text(struct arena *a, struct str value);

/* "text/plain" of "Text/Plain; charset=x" in lower case; the null string when it is not of the form x/y. */
struct str mail_header_type(struct arena *a, struct str value);
/* The first word of a value in lower case, before any ';': "attachment" of a Content-Disposition. */
struct str mail_header_word(struct arena *a, struct str value);
/* One parameter of a Content-Type or Content-Disposition, decoded: RFC 2231 (continuations, charset, percent), RFC
 * 2047 inside of quotes, bare 8-bit; the null string when absent. At most MAX_HEADER_TEXT_BYTES of a decoded value. */
struct str mail_header_param(struct arena *a, struct str value, struct str name);

/* The ids of a Message-ID, In-Reply-To or References value, without <>: everything between < and >, or, where there
 * are no angle brackets, every word that holds an @. Keeps the last max_n. Returns how many. */
size_t mail_header_ids(struct arena *a, struct str value, size_t max_n, struct str **out);

/* RFC 5322 date to unix ms, tolerant of what mailers write; 0 when it says nothing usable. */
int64_t mail_header_date(struct arena *a, struct str value);

/* text for an unstructured header: itself when it is printable ASCII that nobody would take for an encoded-word;
 * else RFC 2047 encoded-words of at most 75 bytes with one blank between them (B or Q, whichever is shorter; never
 * splits a code point). Control characters become blanks: the result holds no CR, LF or NUL whatever text holds. */
struct str mail_text_encode(struct arena *a, struct str text);
