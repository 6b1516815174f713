#pragma once

#include "desk/library.h"
#include "text/json.h"

/* What all kinds of the library have in common in requests and answers. */

struct req;
struct res;

enum { LIBRARY_PAGE = 50 };

/* The members that every item has, into the object that is open. */
void library_json_members(struct ctx *c, struct json *j, const struct library_entry *e);

/* name, audience, teamIds, folderId and updatedAt of a body; what it does not have stays (folderId null: in none). */
enum err library_read_in(struct ctx *c, const struct req *q, struct library_in *out);

/* ?q=&folderId=&mine=&archived=&sort=&limit=&after= with a limit of one more than a page has, so that one knows of the next. */
enum err library_read_ask(struct ctx *c, const struct req *q, enum library_kind kind, struct library_ask *out);
/* How many of n go into the answer; and its end, with the cursor of the next page. last_id: of the last one that went in. */
size_t library_page_n(const struct library_ask *ask, size_t n);
void library_list_end(struct ctx *c, struct res *r, const struct library_ask *ask, size_t n, int64_t last_id);

/* The parameter itemId of the path; ERR_NOT_FOUND. */
enum err library_param(struct ctx *c, const struct req *q, int64_t *out);
