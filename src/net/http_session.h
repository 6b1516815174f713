#pragma once

#include "base/str.h"

/* The cookie that a sign-in gives: HttpOnly and SameSite=Lax; where the desk is served over TLS a __Host- cookie (RFC 6265bis section
 * 4.1.3.2), so that no other host of the domain can set one. */

struct arena;
struct http_call;

/* Its value; null: none. */
struct str http_session_cookie(struct http_call *call);
/* The value of Set-Cookie. max_age_s 0: it goes away. */
struct str http_session_set(struct arena *a, struct str public_url, struct str token, int max_age_s);
