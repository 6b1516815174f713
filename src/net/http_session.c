#include "net/http_session.h"

#include "net/http_serve.h"

struct str http_session_cookie(struct http_call *call)
{
	struct str value = http_cookie(call, "__Host-bellhop_session");
	return str_is_null(value) ? http_cookie(call, "bellhop_session") : value;
}

struct str http_session_set(struct arena *a, struct str public_url, struct str token, int max_age_s)
{
	bool is_tls = str_starts(public_url, STR("https://"));
	return str_fmt(a, "%sbellhop_session=" STR_FMT "; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
	               is_tls ? "__Host-" : "", STR_ARG(token), max_age_s, is_tls ? "; Secure" : "");
}
