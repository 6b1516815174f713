#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* Links by which people outside see an item of the library, and their visits. What counts as a visit is said in desk/share_link.h. */

struct share_link {
	int64_t id;
	struct str kind; /* DOCUMENT, VIDEO */
	int64_t item_id;
	struct str token_hash;
	struct str sealed_token;
	int64_t user_id;   /* who shares, and is told */
	struct str email;  /* whom it is for, in lower case; null: anyone who has it */
	int64_t contact_id; /* 0: none */
	int64_t ticket_id; /* that it was made for; 0: none */
	bool asks_email;
	bool may_download;
	int64_t expires_at; /* 0: never */
	int64_t revoked_at; /* 0: it is not */
	int64_t visit_n;
	int64_t last_visit_at;
	int64_t told_at; /* when its user was told of a visit */
	int64_t created_at;
	int64_t updated_at;
};

struct share_visit {
	int64_t id;
	int64_t link_id;
	int64_t item_id;
	struct str key_hash;
	struct str email; /* that the visitor gave; null: none */
	int64_t visible_ms;
	int64_t download_n;
	int64_t created_at;
	int64_t last_at;
};

struct share_visit_page {
	int64_t visit_id;
	int64_t page;
	int64_t visible_ms;
};

/* Whoever changes the visits of a link waits for the others. */
enum err share_link_lock(struct ctx *c, int64_t link_id);

enum err share_link_insert(struct ctx *c, struct share_link *l);
enum err share_link_update(struct ctx *c, struct share_link *l);
/* ERR_NOT_FOUND; also those revoked. */
enum err share_link_load(struct ctx *c, int64_t id, struct share_link *out);
enum err share_link_by_token(struct ctx *c, struct str token_hash, struct share_link *out);
/* Newest first. */
enum err share_link_list(struct ctx *c, int64_t item_id, int64_t limit, struct share_link **out, size_t *n_out);
enum err share_link_count(struct ctx *c, int64_t item_id, int64_t *n_out);
/* The newest one of an item that a user made for a ticket and an address, neither revoked nor expired. ERR_NOT_FOUND. */
enum err share_link_for(struct ctx *c, int64_t item_id, int64_t user_id, int64_t ticket_id, struct str email, struct share_link *out);

/* How often the links of items were used, by item; those that never were are left out. */
struct share_count {
	int64_t item_id;
	int64_t visit_n;
	int64_t last_visit_at;
};
enum err share_count_list(struct ctx *c, const int64_t *item_ids, size_t n, struct share_count **out, size_t *n_out);

enum err share_visit_insert(struct ctx *c, struct share_visit *v);
enum err share_visit_update(struct ctx *c, struct share_visit *v);
enum err share_visit_by_key(struct ctx *c, int64_t link_id, struct str key_hash, struct share_visit *out);
enum err share_visit_count(struct ctx *c, int64_t link_id, int64_t *n_out);
/* The cookie that it was known by is free for another one. */
enum err share_visit_release(struct ctx *c, int64_t link_id, struct str key_hash);
enum err share_visit_remove_oldest(struct ctx *c, int64_t link_id);
/* Newest first, with id < before. */
enum err share_visit_list(struct ctx *c, int64_t item_id, int64_t before, int64_t limit, struct share_visit **out, size_t *n_out);
/* Adds to what a page has. */
enum err share_visit_page_add(struct ctx *c, int64_t visit_id, int64_t page, int64_t visible_ms);
/* Of these visits, by visit and page. */
enum err share_visit_page_list(struct ctx *c, const int64_t *visit_ids, size_t n, struct share_visit_page **out, size_t *n_out);
/* Those from before that time, and what they saw; how many. */
enum err share_visit_sweep(struct ctx *c, int64_t before, int64_t limit, int64_t *removed_out);

/* Whose address it was stays unknown from now on; links that were for him are revoked. */
enum err share_forget(struct ctx *c, struct str email, int64_t contact_id);
