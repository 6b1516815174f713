#include "desk/webhook_read.h"

#include "base/arena.h"
#include "desk/app.h"
#include "desk/webhook_event.h"
#include "store/webhook_delivery.h"

enum { MAX_TYPES_AT_ONCE = 128 };

/* The subscriptions of the event types that a page of events needs. */
struct subscribers {
	struct str event_type;
	struct webhook_subscription *list;
	size_t n;
};

struct reading_turn {
	struct event *events;
	size_t event_n;
	struct subscribers types[MAX_TYPES_AT_ONCE];
	size_t type_n;
	struct webhook_delivery *deliveries;
	size_t delivery_n;
	size_t delivery_room;
	int64_t done_id; /* the last event that was read whole */
};

static enum err subscribers_of(struct ctx *c, struct reading_turn *t, struct str event_type, struct subscribers **out)
{
	for (size_t i = 0; i < t->type_n; i++)
		if (str_eq(t->types[i].event_type, event_type)) {
			*out = &t->types[i];
			return OK;
		}
	/* there are fewer event types than places */
	struct subscribers *s = &t->types[t->type_n++];
	s->event_type = event_type;
	*out = s;
	return webhook_subscription_of_type(c, event_type, MAX_TYPE_SUBSCRIPTIONS, &s->list, &s->n);
}

static void add_delivery(struct ctx *c, struct reading_turn *t, const struct webhook_delivery *d)
{
	if (t->delivery_n == t->delivery_room) {
		size_t room = t->delivery_room ? 2 * t->delivery_room : 64;
		struct webhook_delivery *longer = NEW_ARRAY(c->a, room, struct webhook_delivery);
		for (size_t i = 0; i < t->delivery_n; i++)
			longer[i] = t->deliveries[i];
		t->deliveries = longer;
		t->delivery_room = room;
	}
	t->deliveries[t->delivery_n++] = *d;
}

static enum err match_type(struct ctx *c, struct reading_turn *t, const struct event *e, const struct happening *h,
                           struct str subject)
{
	struct subscribers *s;
	TRY(subscribers_of(c, t, str_fmt(c->a, STR_FMT "." STR_FMT, STR_ARG(subject), STR_ARG(h->verb)), &s));
	for (size_t i = 0; i < s->n; i++) {
		const struct webhook_subscription *sub = &s->list[i];
		if (e->id <= sub->after_event_id || !happening_is_for(h, sub))
			continue;
		add_delivery(c, t, &(struct webhook_delivery){
			.app_id = sub->app_id,
			.subscription_id = sub->id,
			.event_id = e->id,
			.event_type = sub->event_type,
			.object_id = h->object_id,
			.body = happening_json(c, e, h, sub),
		});
	}
	return OK;
}

static enum err match(struct ctx *c, struct reading_turn *t, const struct event *e)
{
	struct happening *list;
	size_t n;
	TRY(happenings_of(c, e, &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_is_null(list[i].subject))
			TRY(match_type(c, t, e, &list[i], list[i].subject));
		if (!str_is_null(list[i].type_id))
			TRY(match_type(c, t, e, &list[i], STR("object")));
	}
	return OK;
}

/* From where: behind what is done, and behind what happened before anybody wanted to know. false: nobody wants to know. */
static enum err begin(struct ctx *c, const struct webhook_place *place, int64_t *from_out, bool *is_wanted_out)
{
	int64_t noted, wanted;
	TRY(webhook_subscription_begin(c, &wanted));
	TRY(webhook_reader_load(c, &noted));
	*is_wanted_out = wanted >= 0;
	*from_out = noted > wanted ? noted : wanted;
	if (place->event_id > *from_out)
		*from_out = place->event_id;
	return OK;
}

enum err desk_webhook_look(struct ctx *c, struct webhook_place *place)
{
	struct reading_turn t = {0};
	int64_t from, noted;
	bool is_wanted;
	place->has_work = place->has_more = false;
	place->next_id = place->event_id;
	TRY(begin(c, place, &from, &is_wanted));
	if (!is_wanted)
		return OK;
	TRY(bus_list(c, from, READ_EVENTS, &t.events, &t.event_n));
	for (size_t i = 0; i < t.event_n && !place->has_work; i++) {
		TRY(match(c, &t, &t.events[i]));
		place->has_work = t.delivery_n > 0;
		if (!place->has_work)
			place->next_id = t.events[i].id;
	}
	TRY(webhook_reader_load(c, &noted));
	place->has_more = t.event_n == READ_EVENTS;
	place->has_work = place->has_work || place->next_id - noted > MAX_UNNOTED_EVENTS;
	return OK;
}

/* A queue has an end. What waits longest goes first: batches that are tried again and again, then the oldest of the others. */
static enum err cut_queue(struct ctx *c, int64_t app_id)
{
	static const struct str why = STR("More was waiting for this app than is kept.");
	int64_t waiting;
	struct webhook_batch b;
	TRY(webhook_delivery_count(c, app_id, MAX_WAITING_DELIVERIES + 2 * READ_DELIVERIES, &waiting));
	while (waiting > MAX_WAITING_DELIVERIES) {
		enum err e = webhook_batch_oldest(c, app_id, &b);
		if (e == ERR_NOT_FOUND) {
			fail_clear(c);
			return webhook_delivery_give_up_oldest(c, app_id, waiting - MAX_WAITING_DELIVERIES, why);
		}
		TRY(e);
		b.state = STR("PUT_ASIDE");
		TRY(webhook_batch_update(c, &b));
		TRY(webhook_delivery_settle(c, b.id, b.state, why));
		TRY(webhook_delivery_count(c, app_id, MAX_WAITING_DELIVERIES + 2 * READ_DELIVERIES, &waiting));
	}
	return OK;
}

static enum err write_deliveries(struct ctx *c, const struct reading_turn *t)
{
	for (size_t i = 0; i < t->delivery_n; i++)
		TRY(webhook_delivery_put(c, &t->deliveries[i]));
	int64_t cut[MAX_APPS];
	size_t cut_n = 0;
	for (size_t i = 0; i < t->delivery_n; i++) {
		bool is_cut = false;
		for (size_t k = 0; k < cut_n; k++)
			is_cut = is_cut || cut[k] == t->deliveries[i].app_id;
		if (is_cut || cut_n == MAX_APPS)
			continue;
		cut[cut_n++] = t->deliveries[i].app_id;
		TRY(cut_queue(c, t->deliveries[i].app_id));
	}
	return OK;
}

enum err desk_webhook_read(struct ctx *c, struct webhook_place *place)
{
	struct reading_turn t = {0};
	int64_t from;
	bool is_wanted;
	TRY(webhook_reader_lock(c));
	TRY(webhook_queue_lock(c)); /* before the queue is cut, and always after the other */
	TRY(begin(c, place, &from, &is_wanted));
	t.done_id = from;
	TRY(bus_list(c, from, READ_EVENTS, &t.events, &t.event_n));
	size_t used = arena_used(c->a);
	for (size_t i = 0; i < t.event_n && t.delivery_n < READ_DELIVERIES; i++) {
		if (arena_used(c->a) - used > READ_BYTES)
			break;
		TRY(match(c, &t, &t.events[i]));
		t.done_id = t.events[i].id;
	}
	TRY(write_deliveries(c, &t));
	TRY(webhook_reader_save(c, t.done_id));
	place->next_id = t.done_id;
	place->has_work = false;
	place->has_more = t.event_n > 0 && t.done_id < t.events[t.event_n - 1].id;
	place->has_more = place->has_more || t.event_n == READ_EVENTS;
	return OK;
}
