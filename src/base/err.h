#pragma once

#include <stdbool.h>

#include "base/str.h"

/* How a call ended. Three kinds of failure are never mixed: an expected one (an enum err, handed up unchanged), a bug
 * (base/check.h) and a refusal to start (cmd/ only). */

enum err {
#define ERR(name, http, lmtp, again, category, sentence) name,
#include "base/err.def"
#undef ERR
	ERR_N
};

/* The name in err.def, for logs. */
const char *err_name(enum err e);
/* The HTTP status (RFC 9110) and the reply code of LMTP (RFC 5321, RFC 2033) that tell it. */
int err_http(enum err e);
int err_lmtp(enum err e);
/* The category member of the JSON error. */
struct str err_category(enum err e);
/* What callers read when the failure has no sentence of its own, and always for failures of our side (HTTP 5xx). */
struct str err_sentence(enum err e);
/* May the same call succeed later without being changed? */
bool err_is_worth_retrying(enum err e);
