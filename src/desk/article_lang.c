#include "desk/article.h"

/* The languages that articles can be written in, by their names in BCP 47. Those of the workspace come first. */
static const struct {
	struct str tag;
	bool is_rtl;
} langs[] = {
	{STR("en"), false}, {STR("de"), false}, {STR("es"), false}, {STR("fi"), false}, {STR("fr"), false}, {STR("ja"), false},
	{STR("pl"), false}, {STR("pt"), false}, {STR("zh-TW"), false}, {STR("ar"), true}, {STR("bg"), false}, {STR("ca"), false},
	{STR("cs"), false}, {STR("da"), false}, {STR("el"), false}, {STR("et"), false}, {STR("fa"), true}, {STR("he"), true},
	{STR("hi"), false}, {STR("hr"), false}, {STR("hu"), false}, {STR("id"), false}, {STR("it"), false}, {STR("ko"), false},
	{STR("lt"), false}, {STR("lv"), false}, {STR("nb"), false}, {STR("nl"), false}, {STR("ro"), false}, {STR("ru"), false},
	{STR("sk"), false}, {STR("sl"), false}, {STR("sr"), false}, {STR("sv"), false}, {STR("th"), false}, {STR("tr"), false},
	{STR("uk"), false}, {STR("ur"), true}, {STR("vi"), false}, {STR("zh-CN"), false},
};

struct str article_lang_at(size_t i)
{
	return i < sizeof(langs) / sizeof(langs[0]) ? langs[i].tag : STR_NULL;
}

static bool find(struct str lang, size_t *at)
{
	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++)
		if (str_eq(langs[i].tag, lang)) {
			*at = i;
			return true;
		}
	return false;
}

bool article_lang_is_known(struct str lang)
{
	size_t at;
	return find(lang, &at);
}

bool article_lang_is_rtl(struct str lang)
{
	size_t at;
	return find(lang, &at) && langs[at].is_rtl;
}
