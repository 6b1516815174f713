#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "store/found.h"
#include "store/object.h"

/* Search over the whole desk: tickets (by their texts, and by their contact's name and address), messages, comments, contacts and
 * companies that have the words of a query, newest first, with the place in the text where the words are. Whoever asks finds what
 * he may see, and no more: each hit is put to desk_can() before it counts, and pages are filled up behind those that were left
 * out.
 *
 * A common word costs what is shown of it. With a filter that few of its hits pass, FIND_REACH of them are looked at for one page:
 * a page may then be short, or empty, and has a next one all the same. So it is with phrases that few of the hits have. */

enum {
	MAX_FIND_LIMIT = 50,
	FIND_REACH = 10000,
	MAX_EXCERPT_BYTES = 300,
};

enum find_kind {
	FIND_TICKETS = 1,
	FIND_MESSAGES = 2,
	FIND_COMMENTS = 4,
	FIND_CONTACTS = 8,
	FIND_COMPANIES = 16,
	FIND_ALL = 31,
};

/* The most relevant of the newest MAX_RANKED_OBJECTS tickets and people and the newest MAX_RANKED_MESSAGES messages that have the words:
 * those that have them in their name, as they were typed and side by side, come before others; of equals the newer ones. */
enum find_sort { FIND_NEWEST, FIND_RELEVANT };
enum { MAX_RANKED_OBJECTS = 300, MAX_RANKED_MESSAGES = 100 };

struct find_in {
	struct str query; /* desk/words.h; "quoted": these words, one behind the other */
	unsigned kinds;   /* enum find_kind, added up */
	struct found_filter filter;
	int64_t objects_below; /* where the page before ended; INT64_MAX: the first page */
	int64_t messages_below;
	enum find_sort sort;
	int64_t offset; /* FIND_RELEVANT: the same */
	int64_t limit;
};

/* A part of an excerpt. */
struct excerpt_part {
	struct str text;
	bool is_match;
};

struct found {
	enum find_kind kind;
	struct object object;         /* itself, or the ticket of the message */
	struct found_message message; /* id 0: it is none */
	bool is_exact;                /* the ticket whose number the query is */
	struct str field;             /* where the excerpt is from: text, subject, sender, attachments, contact, or a property */
	struct excerpt_part *parts;
	size_t part_n;
};

struct find_out {
	struct found *rows;
	size_t n;
	bool has_more; /* then the next page begins below these */
	int64_t objects_below;
	int64_t messages_below;
	int64_t offset;
};

/* The ticket whose number the query is (123, #123) comes first. ERR_BAD_INPUT: a query that is longer than a search takes, or is not
 * text. */
enum err desk_find(struct ctx *c, const struct find_in *in, struct find_out *out);

/* The part of a text around its first match, in one line, in parts; n 0: an empty text. *has_match_out: it has one. */
struct word_query;
void find_excerpt(struct ctx *c, struct str text, const struct word_query *q, struct excerpt_part **out, size_t *n_out,
                  bool *has_match_out);
