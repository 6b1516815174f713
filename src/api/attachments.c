#include "api/attachments.h"

#include "base/arena.h"
#include "base/num.h"
#include "desk/file.h"
#include "text/html_clean.h"
#include "text/json_read.h"

enum err read_attachments(struct ctx *c, const json_t *list, struct reply_in *in)
{
	if (list == NULL || json_is_null(list))
		return OK;
	size_t n = json_array_size(list);
	if (!json_is_array(list) || n > MAX_MESSAGE_FILES)
		return fail_field(c, STR("attachments"), STR("TOO_MANY"), "attachments is a list of at most %d files.",
		                  MAX_MESSAGE_FILES);
	int64_t *ids = NEW_ARRAY(c->a, n, int64_t);
	struct str *content_ids = NEW_ARRAY(c->a, n, struct str);
	for (size_t i = 0; i < n; i++) {
		const json_t *entry = json_array_get(list, i);
		struct str type = json_get_str(entry, "type");
		ids[i] = json_get_id(entry, "fileId");
		if (ids[i] == 0 || (type.n > 0 && !str_eq(type, STR("FILE"))))
			return fail_field(c, STR("attachments"), STR("INVALID_OPTION"),
			                  "Every attachment has a fileId and the type FILE.");
		content_ids[i] = json_get_str(entry, "contentId");
		if (content_ids[i].n > 0 && !html_is_content_id(content_ids[i]))
			return fail_field(c, STR("attachments"), STR("INVALID_OPTION"),
			                  "A contentId is of letters, digits and ._-@+$.");
	}
	in->file_ids = ids;
	in->content_ids = content_ids;
	in->file_n = n;
	return OK;
}

static struct str usage_of(struct str content_type)
{
	static const struct {
		struct str prefix, usage;
	} usages[] = {{STR("image/"), STR("IMAGE")}, {STR("audio/"), STR("AUDIO")}};
	for (size_t i = 0; i < sizeof(usages) / sizeof(usages[0]); i++)
		if (str_starts(content_type, usages[i].prefix))
			return usages[i].usage;
	return STR("OTHER");
}

static enum err write_one(struct ctx *c, struct json *j, const struct attachment *a)
{
	const struct file f = {.id = a->file_id, .blob = a->blob};
	struct file_link link;
	TRY(desk_file_link(c, &f, MAX_LINK_SECONDS, &link));
	json_object_begin(j);
	json_add_string(j, "type", STR("FILE"));
	json_add_id(j, "fileId", a->file_id);
	json_add_string(j, "name", a->name);
	json_add_string(j, "url", link.url);
	json_add_string(j, "fileUsageType", usage_of(a->content_type));
	json_object_end(j);
	return OK;
}

enum err write_attachments(struct ctx *c, struct json *j, const struct message_set *set, int64_t message_id)
{
	json_key(j, "attachments");
	json_array_begin(j);
	for (size_t i = 0; i < set->attachment_n; i++)
		if (set->attachments[i].message_id == message_id)
			TRY(write_one(c, j, &set->attachments[i]));
	json_array_end(j);
	return OK;
}
