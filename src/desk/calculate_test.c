#include "desk/calculate.h"
#include "desk/defaults.h"
#include "desk/desk_test_int.h"

static void every_property_that_callers_only_read_is_kept_by_somebody(void **state)
{
	(void)state;
	for (size_t i = 0; i < default_type_n; i++) {
		const struct default_property *p = default_types[i].properties;
		for (; p->name != NULL; p++) {
			bool is_kept = p->kept_in[0] || kept_find(default_types[i].id, str_c(p->name));
			if ((p->flags & (READ_ONLY | CALCULATED)) && !is_kept)
				test_fail(__FILE__, __LINE__, "nobody keeps %s of %s", p->name, default_types[i].plural);
			if (!(p->flags & READ_ONLY) && kept_find(default_types[i].id, str_c(p->name)))
				test_fail(__FILE__, __LINE__, "callers may write %s of %s", p->name,
				          default_types[i].plural);
		}
	}
}

static void nothing_is_kept_that_is_not_there(void **state)
{
	(void)state;
	for (size_t i = 0; i < kept_property_n; i++) {
		bool is_there = false;
		for (size_t k = 0; k < default_type_n; k++) {
			const struct default_property *p = default_types[k].properties;
			for (; p->name != NULL; p++)
				is_there = is_there || ((kept_properties[i].type == 0 ||
				                         kept_properties[i].type == default_types[k].id) &&
				                        strcmp(p->name, kept_properties[i].name) == 0);
		}
		if (!is_there)
			test_fail(__FILE__, __LINE__, "there is no %s", kept_properties[i].name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_property_that_callers_only_read_is_kept_by_somebody),
		cmocka_unit_test(nothing_is_kept_that_is_not_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
