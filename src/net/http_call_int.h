#pragma once

#include <sys/socket.h>

#include "net/http_call.h"
#include "net/network.h"

/* Between http_call.c and http_call_guard.c: which addresses may be called. */

struct http_guard {
	struct network_list allowed;
};

/* ERR_BAD_INPUT with a sentence. */
enum err http_guard_read(struct ctx *c, struct str list, struct http_guard *out);
/* May this address (of AF_INET or AF_INET6) and port be called? */
bool http_guard_lets(const struct http_guard *guard, const struct sockaddr *address);
