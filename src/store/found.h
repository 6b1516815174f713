#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "store/object.h"

/* What store/word_index.h found, as rows: those of the ids that are not archived and pass a filter, newest first. */

enum { MAX_FOUND_TEXT = 16384 /* characters of a message's text that are read */ };

/* 0, -1 and null leave a part out. Of messages it is about their ticket, but for the times. */
struct found_filter {
	int is_closed;          /* -1: both */
	int64_t owner_id;       /* -1: anybody; 0: nobody */
	struct str pipeline_id;
	struct str stage_id;
	int64_t contact_id;
	int64_t channel_id;     /* that one of its threads has; of messages: that their thread has */
	int64_t created_from;
	int64_t created_before;
	bool has_spam;          /* tickets that are spam, too */
};

/* ids: word_ids(). */
enum err found_objects(struct ctx *c, struct str ids, const struct found_filter *f, struct object **out, size_t *n_out);

struct found_message {
	int64_t id;
	int64_t ticket_id;
	int64_t thread_id;
	struct str type;
	struct str direction;
	int64_t created_at;
	struct str subject;
	int64_t user_id;
	struct str sender_name;
	struct str sender_address;
};
enum err found_messages(struct ctx *c, struct str ids, const struct found_filter *f, struct found_message **out,
                        size_t *n_out);
/* How the text of a message begins. */
enum err found_text(struct ctx *c, int64_t message_id, struct str *out);
