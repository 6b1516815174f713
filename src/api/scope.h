#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/* What a bearer token may do: scopes, as the wire names them. A token without a scope that a call needs is told which one; people
 * who signed in have no scopes, their role alone decides (desk/can.c). */

struct link_in;
struct type_def;

/* In routes[]: the scopes are those of the types that the path names. */
#define SCOPE_OF_TYPE "{objectType}"

/* ERR_MISSING_SCOPE unless the token has it. NULL: nothing is needed. */
enum err scope_need(struct ctx *c, const char *scope);
/* "tickets" for tickets, "crm.objects.contacts.read" or ".write" for contacts, and so on; "custom"
 * for all types that users define. */
enum err scope_need_type(struct ctx *c, const struct type_def *t, bool is_write);
struct json;
struct req;

/* The member "scopes" of a body, a list of names, as the comma separated list that the desk keeps. */
enum err req_scopes(struct ctx *c, const struct req *q, struct str *out);
/* And back. */
void res_add_scopes(struct json *j, struct str scopes);
/* Whoever links an object to another one writes to both. */
enum err scope_need_links(struct ctx *c, const struct link_in *links, size_t n);
