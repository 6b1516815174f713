#pragma once

#include "api/call.h"
#include "net/http_file.h"

/* A file as the answer of a handler: net/http_file.h says what is shown and which parts there are. */
enum err res_file(struct ctx *c, const struct req *q, struct res *r, const struct http_file *f);
