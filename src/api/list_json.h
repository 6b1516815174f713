#pragma once

#include "desk/list.h"
#include "text/json.h"

struct req;

/* Every list here is one that somebody keeps by hand. */
#define LIST_PROCESSING STR("MANUAL")

/* The members that a list has in every answer, into the object that is open. */
void list_json_members(struct ctx *c, struct json *j, const struct list *l);
/* A list as the wire writes it. */
void list_json(struct ctx *c, struct json *j, const struct list *l);
/* A parameter of the path that is the id of a list; ERR_NOT_FOUND. */
enum err list_param(struct ctx *c, const struct req *q, const char *name, int64_t *out);
