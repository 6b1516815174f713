/* Who writes to the demo's desk: the houses, the people in them, and what is being sold to one of them. */

#include "desk/demo_int.h"

#include "desk/defaults.h"
#include "desk/object.h"

enum { MAX_PROPS = 8 };

struct demo_house {
	struct prop company[MAX_PROPS];
	struct prop person[MAX_PROPS];
	struct prop deal[MAX_PROPS]; /* empty: none */
};

/* clang-format off */
static const struct demo_house houses[] = {
	{
		{{STR("name"), STR("Pensjonat Źródło")}, {STR("domain"), STR("pensjonat-zrodlo.example")}, {STR("city"), STR("Zakopane")}, {STR("country"), STR("Poland")}},
		{{STR("email"), STR("a.wojcik@pensjonat-zrodlo.example")}, {STR("firstname"), STR("Aleksandra")}, {STR("lastname"), STR("Wójcik")}, {STR("phone"), STR("+48 18 555 01 42")}, {STR("jobtitle"), STR("Właścicielka")}, {STR("hs_language"), STR("pl")}},
		{{STR_NULL, STR_NULL}},
	},
	{
		{{STR("name"), STR("Majatalo Kuura")}, {STR("domain"), STR("majatalo-kuura.example")}, {STR("city"), STR("Tampere")}, {STR("country"), STR("Finland")}},
		{{STR("email"), STR("mikko.lahtinen@majatalo-kuura.example")}, {STR("firstname"), STR("Mikko")}, {STR("lastname"), STR("Lahtinen")}, {STR("phone"), STR("+358 50 555 0198")}, {STR("hs_language"), STR("fi")}},
		{{STR_NULL, STR_NULL}},
	},
	{
		{{STR("name"), STR("雪旅館")}, {STR("domain"), STR("yuki-ryokan.example")}, {STR("city"), STR("Nagano")}, {STR("country"), STR("Japan")}},
		{{STR("email"), STR("misaki.sato@yuki-ryokan.example")}, {STR("firstname"), STR("美咲")}, {STR("lastname"), STR("佐藤")}, {STR("jobtitle"), STR("フロント")}, {STR("hs_language"), STR("ja")}},
		{{STR("dealname"), STR("Bath linen for the winter season")}, {STR("amount"), STR("1840")}, {STR("deal_currency_code"), STR("EUR")}, {STR("pipeline"), STR("default")}, {STR("dealstage"), STR("appointmentscheduled")}},
	},
	{
		{{STR("name"), STR("Harbour View Rooms")}, {STR("domain"), STR("harbourviewrooms.example")}, {STR("city"), STR("Whitby")}, {STR("country"), STR("United Kingdom")}},
		{{STR("email"), STR("daniel@harbourviewrooms.example")}, {STR("firstname"), STR("Daniel")}, {STR("lastname"), STR("Okafor")}, {STR("phone"), STR("+44 1947 555 017")}, {STR("jobtitle"), STR("House manager")}, {STR("hs_language"), STR("en")}},
		{{STR_NULL, STR_NULL}},
	},
	/* the last one is who the demo's quote is for */
	{
		{{STR("name"), STR("Auberge du Lac")}, {STR("domain"), STR("auberge-du-lac.example")}, {STR("city"), STR("Annecy")}, {STR("country"), STR("France")}},
		{{STR("email"), STR("camille.besson@auberge-du-lac.example")}, {STR("firstname"), STR("Camille")}, {STR("lastname"), STR("Besson")}, {STR("phone"), STR("+33 4 50 55 50 12")}, {STR("jobtitle"), STR("Directrice")}, {STR("hs_language"), STR("fr")}},
		{{STR("dealname"), STR("Soap dispensers for the whole house")}, {STR("amount"), STR("498.96")}, {STR("deal_currency_code"), STR("EUR")}, {STR("pipeline"), STR("default")}, {STR("dealstage"), STR("appointmentscheduled")}},
	},
};
/* clang-format on */

/* A record with these values, linked to the others that are there. */
static enum err make(struct ctx *c, int64_t type, const struct prop *props, const int64_t *to, size_t to_n, int64_t *id_out)
{
	struct link_in links[2];
	struct object made;
	size_t n = 0;
	while (n < MAX_PROPS && !str_is_null(props[n].name))
		n++;
	for (size_t i = 0; i < to_n; i++)
		links[i] = (struct link_in){.to_id = to[i]};
	TRY(desk_object_create(c, schema_type_by_id(c, type), &(struct object_in){
		.props = props, .prop_n = n, .links = links, .link_n = to_n, .source_type = STR("CRM_UI"),
	}, &made));
	*id_out = made.id;
	return OK;
}

enum err demo_records(struct ctx *c, struct demo_buyer *out)
{
	for (size_t i = 0; i < sizeof(houses) / sizeof(houses[0]); i++) {
		const struct demo_house *h = &houses[i];
		*out = (struct demo_buyer){0};
		TRY(make(c, TYPE_COMPANY, h->company, NULL, 0, &out->company_id));
		TRY(make(c, TYPE_CONTACT, h->person, &out->company_id, 1, &out->contact_id));
		if (!str_is_null(h->deal[0].name))
			TRY(make(c, TYPE_DEAL, h->deal, (const int64_t[]){out->company_id, out->contact_id}, 2, &out->deal_id));
	}
	return OK;
}
