#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/* The index of words: which objects, and which messages, have a word. Another kind of thing that is searched is a value of the enum
 * and a pair of tables (schema/0005_words.sql); nothing else changes.
 *
 * A word here is a token as desk/words.h makes it: letters, digits, bytes from 0x80 on and '_', no blanks. Newest first is by
 * descending id; nothing is ranked or counted. Rows that are archived, or gone, may still be in the index: callers join it with
 * the rows themselves.
 *
 * Writers only note what has changed (word_due_add, in their own transaction); an indexer takes it from there. */

enum word_kind { WORDS_OF_OBJECTS, WORDS_OF_MESSAGES, WORD_KIND_N };

enum {
	MAX_WORD_GROUPS = 64,
	MAX_PREFIX_WORDS = 100,         /* a beginning that more words share is looked up the slow way (SQLite) */
	MAX_QUERY_PREFIX_WORDS = 400,   /* the same for all beginnings of a query */
	MAX_INDEXED_BYTES = 512 << 10,  /* of the tokens of one row */
	MAX_MATCH_BYTES = 1 << 20,
	MERGE_PAGES = 250,              /* that one step of word_merge writes: it holds up the other writers */
};

struct word {
	struct str text;
	bool is_prefix; /* words that begin with it will do */
};

/* One of them is enough. */
struct word_group {
	const struct word *words;
	size_t n;
};

/* All groups have to match. Without any nothing is found. */
struct word_query {
	struct word_group groups[MAX_WORD_GROUPS];
	size_t n;
};

/* The newest ids below a number that have the words, newest first; fewer than limit: there are no more. What it costs is bounded by
 * the limit where words are common, and by the matches where they are rare. */
enum err word_find(struct ctx *c, enum word_kind kind, const struct word_query *q, int64_t below, int64_t limit,
                   int64_t **ids_out, size_t *n_out);
/* [7,8]: a list as a parameter of statements. */
struct str word_ids(struct ctx *c, const int64_t *ids, size_t n);

/* The indexer's side -------------------------------------------------------------------------------------------------------- */

/* tokens: sorted, each once, joined by blanks. Writes nothing where they are what they were. */
enum err word_put(struct ctx *c, enum word_kind kind, int64_t id, struct str tokens);
enum err word_remove(struct ctx *c, enum word_kind kind, int64_t id);
/* One indexer at a time, until the transaction ends: a slower one would put older words over newer ones. */
enum err word_lock(struct ctx *c);

/* Words that were replaced or removed stay in SQLite's index, though nothing finds them, until its parts are merged. This makes one
 * part of all that there are at WORD_MERGE_BEGIN; WORD_MERGE_ON goes on with it, in a transaction of its own each time, until
 * *is_done_out. On PostgreSQL there is nothing to do: its vacuum removes them. */
enum word_merge { WORD_MERGE_BEGIN, WORD_MERGE_ON };
enum err word_merge(struct ctx *c, enum word_kind kind, enum word_merge step, bool *is_done_out);

struct word_due {
	int64_t id;
	int64_t kind; /* enum word_kind */
	int64_t about_id;
};
/* In the transaction that changes it, makes it or takes it away. */
enum err word_due_add(struct ctx *c, enum word_kind kind, int64_t about_id);
/* All messages of a ticket. */
enum err word_due_add_ticket(struct ctx *c, int64_t ticket_id);
/* All tickets of a contact. */
enum err word_due_add_contact(struct ctx *c, int64_t contact_id);
/* To be indexed anew though nothing changed: the next limit of all behind after. *last_out: the last of them; 0: there are no more.
 * These wait until nothing else does. */
enum err word_due_again(struct ctx *c, enum word_kind kind, int64_t after, int64_t limit, int64_t *last_out);
/* What is to be indexed first. */
enum err word_due_list(struct ctx *c, int64_t limit, struct word_due **out, size_t *n_out);
enum err word_due_remove(struct ctx *c, int64_t id);
/* The newest change that waits, and the oldest; 0: none. Those to be indexed again do not count. */
enum err word_due_newest(struct ctx *c, int64_t *id_out);
enum err word_due_oldest(struct ctx *c, int64_t *id_out);
/* How many wait to be indexed again, counted up to most. */
enum err word_due_count_again(struct ctx *c, int64_t most, int64_t *n_out);
