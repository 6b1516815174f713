#pragma once

#include "base/ctx.h"
#include "text/quote_paper.h"

/* A quote as a PDF of A4 pages, by Pango and Cairo: any script, from the fonts that fontconfig finds; every page has a head and its
 * number. The same paper gives the same bytes with the same fonts: no time but that of publishing is in them. Slow (milliseconds a
 * page): not inside of a transaction. ERR_TOO_BIG: more than max_bytes. */

enum err quote_pdf(struct ctx *c, const struct quote_paper *paper, size_t max_bytes, struct str *out);
