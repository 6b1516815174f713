#include "net/http_origin.h"

#include "net/http_serve.h"

bool http_is_same_origin(struct http_call *call, struct str public_url)
{
	struct str site = http_header(call, "Sec-Fetch-Site");
	struct str origin = http_header(call, "Origin");
	struct str host = http_header(call, "Host");
	if (!str_is_null(site))
		return str_eq(site, STR("same-origin"));
	if (str_is_null(origin))
		return false;
	if (str_eq(origin, public_url))
		return true;
	str_cut(&origin, STR("://"));
	return !str_is_null(origin) && str_eq_nocase(origin, host);
}
