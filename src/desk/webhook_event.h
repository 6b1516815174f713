#pragma once

#include "base/ctx.h"
#include "bus/event.h"
#include "store/webhook.h"

/* What an event means in the words of the wire: one event may be several happenings (a change of three properties is three), and a
 * happening becomes one delivery for each subscription to it. What happened is found as it was: by the event's body and the history
 * row that it names, never by the object as it is now. */

struct happening {
	struct str subject;  /* "contact", "conversation"; null: a type that is subscribed to as "object" only */
	struct str verb;     /* "propertyChange" */
	struct str type_id;  /* "0-1"; null: not an object */
	int64_t object_id;
	struct str source;   /* changeSource: CRM_UI */
	struct str flag;     /* changeFlag: CREATED; null: none */
	struct str property_name, property_value;
	int64_t message_id;  /* newMessage */
	struct str message_type;
	int64_t to_id;       /* associationChange */
	struct str to_type_id, association_type, association_category;
	int64_t association_type_id;
	bool is_removed, is_primary;
	int64_t merged_id;   /* merge */
	int64_t moved_n;
};

/* What an event means; none where the event is about nothing that can be subscribed to, or what it says is gone (erased). */
enum err happenings_of(struct ctx *c, const struct event *e, struct happening **out, size_t *n_out);

/* Is the subscription to this? Its event type is not looked at. */
bool happening_is_for(const struct happening *h, const struct webhook_subscription *s);

/* The event of the wire, without attemptNumber. */
struct str happening_json(struct ctx *c, const struct event *e, const struct happening *h, const struct webhook_subscription *s);
