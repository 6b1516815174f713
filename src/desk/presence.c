/* One table in no order: a look through a thousand rows takes microseconds, and a hundred users send five beats a second. */

#include "desk/presence.h"

#include <pthread.h>

#include "base/arena.h"
#include "base/num.h"

struct place {
	struct present is;
	int64_t gone_at;
	int64_t silent_at; /* when typing ends, where is.is_typing */
	bool is_news;
};

struct presence {
	pthread_mutex_t lock;
	void (*fn)(void *arg);
	void *arg;
	struct place places[MAX_PRESENT];
	size_t n;
};

static const struct str state_names[PRESENCE_STATE_N] = {
	[PRESENCE_AWAY] = STR("away"),
	[PRESENCE_VIEWING] = STR("viewing"),
	[PRESENCE_REPLY] = STR("reply"),
	[PRESENCE_COMMENT] = STR("comment"),
};

struct str presence_state_name(enum presence_state state)
{
	return state_names[state];
}

bool presence_state_of(struct str name, enum presence_state *out)
{
	for (int i = 0; i < PRESENCE_STATE_N; i++) {
		if (!str_eq(state_names[i], name))
			continue;
		*out = (enum presence_state)i;
		return true;
	}
	return false;
}

static void close_presence(void *arg)
{
	pthread_mutex_destroy(&((struct presence *)arg)->lock);
}

void presence_open(struct ctx *c, struct presence **out)
{
	struct presence *p = NEW(c->a, struct presence);
	pthread_mutex_init(&p->lock, NULL);
	arena_defer(c->a, close_presence, p);
	*out = p;
}

void presence_on_news(struct presence *p, void (*fn)(void *arg), void *arg)
{
	pthread_mutex_lock(&p->lock);
	p->fn = fn;
	p->arg = arg;
	pthread_mutex_unlock(&p->lock);
}

/* Under the lock ---------------------------------------------------------------------------------------------------- */

/* His place on the ticket; NULL: he has none. */
static struct place *find(struct presence *p, const struct present *who)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->places[i].is.user_id == who->user_id && p->places[i].is.ticket_id == who->ticket_id)
			return &p->places[i];
	return NULL;
}

/* A new place; NULL: all are taken, or all of his. */
static struct place *add(struct presence *p, const struct present *who)
{
	size_t of_user = 0;
	for (size_t i = 0; i < p->n; i++)
		of_user += p->places[i].is.user_id == who->user_id;
	if (p->n == MAX_PRESENT || of_user >= MAX_PRESENT_OF_USER)
		return NULL;
	struct place *place = &p->places[p->n++];
	*place = (struct place){.is = {.ticket_id = who->ticket_id, .user_id = who->user_id}};
	return place;
}

static void change(struct place *place, enum presence_state state, bool is_typing)
{
	if (place->is.state == state && place->is.is_typing == is_typing)
		return;
	place->is.state = state;
	place->is.is_typing = is_typing;
	place->is_news = true;
}

static void forget_the_silent(struct place *place, int64_t now)
{
	if (now >= place->gone_at)
		change(place, PRESENCE_AWAY, false);
	else if (place->is.is_typing && now >= place->silent_at)
		change(place, place->is.state, false);
}

static int64_t sooner(int64_t next_ms, int64_t ms)
{
	return next_ms < 0 || ms < next_ms ? ms : next_ms;
}

/* ------------------------------------------------------------------------------------------------------------------- */

void presence_set(struct presence *p, const struct present *what, int64_t now)
{
	pthread_mutex_lock(&p->lock);
	struct place *place = find(p, what);
	if (place == NULL && what->state != PRESENCE_AWAY)
		place = add(p, what);
	if (place != NULL) {
		change(place, what->state, what->is_typing);
		place->gone_at = now + PRESENT_MS;
		place->silent_at = now + TYPING_MS;
		if (p->fn != NULL && place->is_news)
			p->fn(p->arg);
	}
	pthread_mutex_unlock(&p->lock);
}

struct str presence_words(struct arena *a, const struct present *is)
{
	return str_fmt(a, "presence %lld %lld " STR_FMT " %d", (long long)is->ticket_id, (long long)is->user_id,
	               STR_ARG(state_names[is->state]), is->is_typing);
}

void presence_hear(struct presence *p, struct str words, int64_t now)
{
	struct present is = {0};
	struct str rest = words;
	if (!str_eq(str_cut(&rest, STR(" ")), STR("presence")) || !num_parse_int(str_cut(&rest, STR(" ")), &is.ticket_id) ||
	    !num_parse_int(str_cut(&rest, STR(" ")), &is.user_id) || !presence_state_of(str_cut(&rest, STR(" ")), &is.state))
		return;
	is.is_typing = str_eq(rest, STR("1"));
	presence_set(p, &is, now);
}

size_t presence_take_news(struct presence *p, int64_t now, struct present *out, int64_t *next_ms_out)
{
	size_t n = 0;
	int64_t next_ms = -1;
	pthread_mutex_lock(&p->lock);
	for (size_t i = p->n; i-- > 0;) {
		struct place *place = &p->places[i];
		forget_the_silent(place, now);
		if (place->is_news)
			out[n++] = place->is;
		place->is_news = false;
		if (place->is.state == PRESENCE_AWAY)
			*place = p->places[--p->n];
		else
			next_ms = sooner(next_ms, (place->is.is_typing ? place->silent_at : place->gone_at) - now);
	}
	pthread_mutex_unlock(&p->lock);
	*next_ms_out = next_ms;
	return n;
}

size_t presence_list(struct presence *p, int64_t ticket_id, struct present *out)
{
	size_t n = 0;
	pthread_mutex_lock(&p->lock);
	for (size_t i = 0; i < p->n; i++) {
		const struct present *is = &p->places[i].is;
		if (is->state != PRESENCE_AWAY && (ticket_id == 0 || is->ticket_id == ticket_id))
			out[n++] = *is;
	}
	pthread_mutex_unlock(&p->lock);
	return n;
}
