#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "store/share_link.h"

/* Links by which people outside see an item of the library, a document or a video: one mechanism for both, keyed by the item's id.
 *
 * A link is a random token. It is stored as a hash, by which it is found, and sealed with the key that lies beside the database, so
 * that it can be shown again to those who see the item. It may be for one address, or for anyone who has it; it may ask for an address
 * before it shows anything, which where it is for one has to be that one. No address is proved by that: whoever has the link and knows
 * the address passes. It may expire, be revoked for good, and leave out downloads.
 *
 * A visit counts when more was at work than a program that follows the links of mails: the form of the gate was sent, a picture of a
 * page was loaded with the cookie that the page set, the page's script said that something was visible, or the file was taken from the
 * page. What a user of the desk looks at while he is signed in is none. To ask for the page alone (as mail scanners do, with GET or
 * HEAD) counts for nothing and writes nothing. Seconds of pages are as true as the visitor's browser: the server only refuses what
 * cannot be, as more seconds than have passed. The same visitor within VISIT_PAUSE_MS is the same visit. Who shared is told of a
 * visit, at most once an hour for each link.
 *
 * For a kind of one's own: links are made and listed by /desk/v1/share-links with the item's id (any kind of the table in
 * share_link.c); a page at a prefix of one's own calls desk_shared to learn what to show, desk_shared_enter for the gate,
 * desk_shared_saw for what was seen. page/shared.h has the parts that such pages have in common: the gate, links that are no more, the
 * cookie. */

enum {
	SHARE_TOKEN_BYTES = 18, /* 144 bits */
	MAX_SHARE_LINKS = 1000, /* of an item */
	MAX_SHARE_VISITS = 10000, /* of a link; the oldest make room */
	MAX_SHARE_PAGES = 1000, /* in one report of a visit, and of a visit in all */
	MAX_SHARE_REPORT_MS = 5 * 60000, /* that one report of a page may claim */
	SHARE_SLACK_MS = 2000, /* more than has passed: clocks and networks */
	MAX_GATE_FAILURES = 20, /* of a link within an hour */
	VISIT_DAYS = 2 * 365, /* older ones are removed */
	VISITS_AT_ONCE = 500, /* that one transaction of the sweep removes */
	MAX_VISIT_PAGE = 100, /* visits in one answer */
};

/* For agents -------------------------------------------------------------------------------------------------------- */

struct share_in {
	struct str email; /* whom it is for; null: anyone; on changing: stays */
	int64_t contact_id; /* his contact; 0: none */
	int64_t ticket_id; /* 0: none */
	bool asks_email, may_download;
	int64_t expires_at; /* 0: never */
};
/* Who sees the item may share it. ERR_NOT_FOUND; ERR_BAD_INPUT names the field; ERR_CONFLICT: there are too many. */
enum err desk_share_create(struct ctx *c, int64_t item_id, const struct share_in *in, struct share_link *out);
/* The one for who is written to on this ticket: one that is there and still opens, or a new one. Whom it is for is in it. */
enum err desk_share_for_ticket(struct ctx *c, int64_t item_id, int64_t ticket_id, struct share_link *out);

struct share_change {
	int asks_email, may_download; /* -1: stays */
	int64_t expires_at; /* -1: stays, 0: never */
};
/* Who made it, or who may change the item. A revoked one is not changed any more: ERR_CONFLICT. */
enum err desk_share_update(struct ctx *c, int64_t id, const struct share_change *change, struct share_link *out);
enum err desk_share_revoke(struct ctx *c, int64_t id, struct share_link *out);
/* Newest first. */
enum err desk_share_list(struct ctx *c, int64_t item_id, struct share_link **out, size_t *n_out);
/* Its address; the null string where it can be shown no more (it was revoked, or the key that sealed it is gone). */
struct str desk_share_url(struct ctx *c, const struct share_link *l);
/* Opens it now? */
bool share_is_open(const struct ctx *c, const struct share_link *l);

struct share_visits {
	struct share_visit *visits; /* newest first */
	size_t n;
	struct share_visit_page *pages; /* by visit and page, of all of them */
	size_t page_n;
};
/* before 0: from the newest on. */
enum err desk_share_visits(struct ctx *c, int64_t item_id, int64_t before, int64_t limit, struct share_visits *out);

/* For people outside: no rights are asked, the token is the right --------------------------------------------------- */

enum share_state {
	SHARE_OPEN,
	SHARE_ASKS_EMAIL, /* the gate is shut for this visitor */
	SHARE_EXPIRED,
	SHARE_REVOKED,
	SHARE_GONE, /* the item is in the archive */
};
struct shared {
	enum share_state state;
	struct share_link link;
	struct str name; /* of the item; only where it is open */
	struct share_visit visit; /* id 0: none yet */
};
/* visitor: what his cookie says; may be null. ERR_NOT_FOUND: no link of the kind has this token. */
enum err desk_shared(struct ctx *c, struct str kind, struct str token, struct str visitor, struct shared *out);
/* A key for a new visitor's cookie. */
struct str share_visitor_key(struct ctx *c);
/* The gate: the visit begins. ERR_BAD_INPUT: no address, or not the one it is for; ERR_TOO_MANY after MAX_GATE_FAILURES.
 * Runs transactions of its own. */
enum err desk_shared_enter(struct ctx *c, struct str kind, struct str token, struct str visitor, struct str email);

struct share_seen {
	int64_t page;
	int64_t visible_ms;
};
/* Something was seen, and of it these pages for so long (n 0: it was, no more). max_page: the pages there are. Inside of a transaction
 * that writes; what cannot be is cut back. ERR_NOT_FOUND where the link does not open. */
enum err desk_shared_saw(struct ctx *c, struct str kind, struct str token, struct str visitor, const struct share_seen *seen, size_t n,
                         int64_t max_page);
/* The file was taken. */
enum err desk_shared_took(struct ctx *c, struct str kind, struct str token, struct str visitor);

/* Within the hourly sweep, and when a person is erased. */
enum err desk_share_sweep(struct ctx *c, int64_t *removed_out);
