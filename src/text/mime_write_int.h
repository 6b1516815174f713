#pragma once

#include "text/mime_write.h"

/* Between the files of mime_write only. */

struct buf;

/* "Name: value", folded at blanks to 78 where words allow, with its CRLF. The value holds single blanks only. */
void put_header(struct buf *b, struct str name, struct str value);

/* A text part: its header fields, an empty line, the text in the encoding that suits it, CRLF at the end. */
void put_text_part(struct buf *b, struct str content_type, struct str text);
/* base64 in lines of 76 (RFC 2045 section 6.8). */
void put_base64(struct buf *b, struct str bytes);
/* "; name=…" for a header value: quoted where it is plain and short; else RFC 2231 with a plain fallback. */
void put_param(struct buf *b, struct str name, struct str value);
