#pragma once

#include "desk/share_link.h"
#include "page/form_int.h"

/* What pages of shared items (desk/share_link.h) have in common: the visitor's cookie, the gate, and links that open nothing. A page at
 * "/d/" with one of the links of its kind does, in its ask: the token by form_segment; desk_shared by a read transaction, with
 * shared_visitor(); and where that is not SHARE_OPEN, or not there, return shared_shut(). In its take: "" is the gate: shared_enter(). */

/* What the visitor's cookie says; null: nothing. */
struct str shared_visitor(const struct form *f);
/* Is it the session of a user of the desk? What he looks at is no visit. Inside of a transaction. */
bool shared_is_ours(struct ctx *c, struct str session);
/* Gives him a cookie if he has none; path: "/d/TOKEN". */
void shared_greet(struct ctx *c, struct form *f, struct str path);
/* The page for a link that does not show its item: one sentence, 404 or 410, or the form that asks for an address. Never says what is
 * behind it. */
void shared_shut(struct ctx *c, struct form *f, enum share_state state, struct str path);
void shared_unknown(struct form *f);
/* The form of the gate was sent: back to the page, or the form again with what is wrong. */
enum err shared_enter(struct ctx *c, struct form *f, struct str kind, struct str token, struct str path);
/* "1:3200,2:800": pages and milliseconds, as the scripts send them, at most room_n of them; what is none is left out. */
size_t shared_seen_read(struct str text, struct share_seen *out, size_t room_n);
/* A file instead of a page. */
struct http_file;
enum err shared_file(struct ctx *c, struct form *f, const struct http_file *file);
/* Nothing instead of a page (204). */
void shared_nothing(struct form *f);
