#pragma once

#include "api/call.h"
#include "desk/file.h"

/* Between files.c, folders.c, file_tasks.c and files_query.c. */

enum { MAX_FILES_PAGE = 100, DEFAULT_FILES_PAGE = 20, MAX_FILES_REACHED = 10000, MAX_WANTED = 50 };

/* The properties that a caller asks for; none: all. */
struct wanted {
	struct str *names;
	size_t n;
};
struct wanted req_wanted(struct ctx *c, const struct req *q);
bool is_wanted(const struct wanted *w, const char *name);

enum find_of { FIND_FILES, FIND_FOLDERS };
/* The filters, the order and the page of a search. limit is one more than asked for, so that the caller sees whether
 * there is more. */
enum err req_file_find(struct ctx *c, const struct req *q, enum find_of what, struct file_find *out);
/* Ends the list; has_more: there is one behind the page. */
void res_file_paging(struct ctx *c, struct res *r, const struct file_find *find, bool has_more);

/* {id, links: {status}}; base: the address of tasks of this kind, up to the id. */
void write_task_locator(struct ctx *c, struct json *j, const struct file_task *t, const char *base);
/* The status of the task of the path, of that kind: begins the answer; what came of it may follow as the member
 * result. */
enum err task_begin(struct ctx *c, const struct req *q, struct res *r, struct str kind, const char *base,
                    struct file_task *out);
/* Ends the answer. e: of reading what came of the task; what is gone meanwhile is left out. */
enum err task_end(struct ctx *c, struct res *r, enum err e);

void write_folder(struct json *j, const struct folder *f, const struct wanted *w);
