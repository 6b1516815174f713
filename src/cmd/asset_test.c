#include "cmd/asset.h"

#include <string.h>

#include "base/test.h"
#include "db/schema.h"

static void every_asset_is_found_by_its_name_with_and_without_a_slash(void **state)
{
	(void)state;
	assert_true(asset_n > 0);
	for (size_t i = 0; i < asset_n; i++) {
		char slashed[1000] = "/";
		memcpy(slashed + 1, assets[i].name.p, assets[i].name.n);
		assert_ptr_equal(asset_find(assets[i].name), &assets[i]);
		assert_ptr_equal(asset_find((struct str){slashed, assets[i].name.n + 1}), &assets[i]);
	}
}

static void there_is_always_a_first_page(void **state)
{
	(void)state;
	const struct asset *page = asset_find(STR("/index.html"));
	assert_non_null(page);
	assert_true(str_starts(page->content_type, STR("text/html")));
	assert_true(str_find(page->body, STR("<html")) >= 0);
	assert_false(page->is_immutable);
	assert_int_equal(page->body.p[page->body.n], 0);
}

static void what_is_not_there_is_not_found(void **state)
{
	(void)state;
	assert_null(asset_find(STR("")));
	assert_null(asset_find(STR("/")));
	assert_null(asset_find(STR("index.htm")));
	assert_null(asset_find(STR("index.html/")));
	assert_null(asset_find(STR("//index.html")));
	assert_null(asset_find(STR("\xff")));
}

static void only_files_named_by_their_content_are_immutable(void **state)
{
	(void)state;
	for (size_t i = 0; i < asset_n; i++) {
		if (assets[i].is_immutable)
			assert_true(str_starts(assets[i].name, STR("assets/")));
		if (str_starts(assets[i].name, STR("assets/index-")))
			assert_true(assets[i].is_immutable);
	}
}

static void migrations_come_in_order_and_whole(void **state)
{
	(void)state;
	assert_true(migration_n > 0);
	for (size_t i = 0; i < migration_n; i++) {
		assert_int_equal(migrations[i].number, (int)i + 1);
		assert_non_null(strstr(migrations[i].text, ";"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_asset_is_found_by_its_name_with_and_without_a_slash),
		cmocka_unit_test(there_is_always_a_first_page),
		cmocka_unit_test(what_is_not_there_is_not_found),
		cmocka_unit_test(only_files_named_by_their_content_are_immutable),
		cmocka_unit_test(migrations_come_in_order_and_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
