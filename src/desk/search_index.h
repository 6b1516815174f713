#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "job/job.h"
#include "store/word_index.h"

/* What is found by its words, and how it gets into the index.
 *
 * Whoever writes an object or a message notes in the same transaction that its words are due (a row, nothing more); an indexer
 * (cmd/indexer.h) takes what is due in small batches, a moment after the commit. What it finds gone leaves the index. So a crash loses
 * nothing, and no request waits for the index.
 *
 * Who searches sees his own writes: a search first waits, INDEX_WAIT_MS at the most, until what was due when it began is indexed. */

enum {
	INDEX_BATCH = 64,             /* rows in one transaction: it holds up the other writers */
	MAX_BATCH_BYTES = 8 << 20,    /* of memory that they take; the row that passes it is the last */
	INDEX_WAIT_MS = 250,
	REINDEX_AT_ONCE = 5000,
};

struct type_def;
struct object;

/* The properties whose words find an object of the type, separated by blanks. */
struct str desk_query_properties(const struct type_def *t);
/* Of the words that objects of a type have, the one that says so; those of messages and of comments. */
struct word desk_type_word(struct ctx *c, int64_t object_type);
struct word desk_message_word(void);
struct word desk_comment_word(void);

/* Is an object found by the value of the property (word_of_value), besides by its words? Not by what only the desk itself writes. */
bool desk_has_value_word(const struct type_def *t, struct str property);

/* In the transaction of the write: the object was made or changed, or is gone. */
enum err desk_object_due(struct ctx *c, int64_t id);
/* A contact is called otherwise: its tickets are found by the name too. */
enum err desk_tickets_due(struct ctx *c, int64_t contact_id);
/* The same for all messages of a ticket, before they go. */
enum err desk_messages_due(struct ctx *c, int64_t ticket_id);
enum err desk_message_due(struct ctx *c, int64_t id);
/* Is it one of the properties whose words find the object? */
bool desk_has_words(const struct type_def *t, struct str property);

/* Outside of a transaction: indexes what is due, up to a batch. */
enum indexed_some {
	INDEXED_ALL, /* nothing was due */
	INDEXED_SOME,
	INDEXED_FAR_BEHIND, /* some, and so much is due that nobody waits for it: writers come first */
};
enum err desk_index_some(struct ctx *c, bool is_only_process, enum indexed_some *out);
/* Outside of a transaction: waits for what is due now. *is_current_out: false when it took longer than INDEX_WAIT_MS (or
 * would have: then it does not wait at all), or when the index is being made anew. */
enum err desk_index_wait(struct ctx *c, bool *is_current_out);

/* Making the index anew, range by range, from where it stopped. Searches go on finding what is indexed. */
extern const struct job_kind job_reindex;
/* Inside of a transaction: from the beginning. */
enum err desk_reindex(struct ctx *c);
/* Inside of a transaction, at the start of the program: when the words that text/words makes are others than those of the index, or
 * when it was never made. */
enum err desk_reindex_if_old(struct ctx *c);

/* Words that left the index leave the file too, step by step, when what is due now is indexed. */
extern const struct job_kind job_forget_words;
/* Inside of a transaction: somebody was erased. */
enum err desk_forget_words(struct ctx *c);
