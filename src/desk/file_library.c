/* Files that belong to items of the library: they are uploaded first, and belong to nobody but who did that; what no item takes within
 * UNTAKEN_FILE_HOURS is gone. */

#include "desk/file_int.h"

#include "base/arena.h"
#include "base/clock.h"

static enum err load(struct ctx *c, int64_t id, struct str field, struct file *out)
{
	enum err e = file_load_library(c, id, out);
	bool is_his = e == OK && out->expires_at > 0 && out->user_id == c->who.user_id;
	if (is_his || (e != OK && e != ERR_NOT_FOUND))
		return e;
	fail_clear(c);
	return fail_field(c, field, STR("NOT_FOUND"), "This upload is not there any more. Upload the file again.");
}

enum err file_take(struct ctx *c, int64_t id, struct str field, struct file *out)
{
	TRY(load(c, id, field, out));
	out->expires_at = 0;
	return file_update(c, out);
}

enum err file_let_go(struct ctx *c, int64_t id)
{
	struct file f;
	if (id == 0)
		return OK;
	TRY(file_load_any(c, id, &f));
	TRY(file_remove(c, id));
	return file_drop_later(c, f.blob);
}

enum err desk_file_of_item(struct ctx *c, int64_t id, struct file *out)
{
	return file_load_library(c, id, out);
}
