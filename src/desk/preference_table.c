#include "desk/preference.h"

/* clang-format off */
const struct preference_def preference_table[] = {
	/* the language of the workspace; null: the browser's */
	{"language",      PREFERENCE_CHOICE, "null", 0, 0, "en fr de ja pt es zh-TW fi pl"},
	/* {"MENTION": {"bell": true}}: which channels are on for which topic, above the defaults (S-3) */
	{"notifications", PREFERENCE_OBJECT, "{}",   0, 0, NULL},
	/* {"isOn", "from": "22:00", "to": "07:00", "timeZone"}: when pop-ups are off and mails wait (desk/quiet.h) */
	{"quietHours",    PREFERENCE_OBJECT, "{}",   0, 0, NULL},
	/* a short tone with what pops up (S-8) */
	{"notificationSound", PREFERENCE_BOOL, "true", 0, 0, NULL},
	/* how long a reply is held back before it leaves (E-49) */
	{"undoSeconds",   PREFERENCE_INT,    "10",   0, 30, NULL},
	/* cards of the sidebar and of record pages: {"tickets": {"order": […], "hidden": […], "folded": […]}, …} */
	{"cards",         PREFERENCE_OBJECT, "{}",   0, 0, NULL},
	/* columns and order of the lists of records: {"contacts": {"columns": […], "sort": "…"}, …} */
	{"recordLists",   PREFERENCE_OBJECT, "{}",   0, 0, NULL},
	/* {"html"}: what stands below one's own mails, where the account says so (E-62) */
	{"signature",     PREFERENCE_OBJECT, "{}",   0, 0, NULL},
	/* keys of one's own, by action: {"create": ["Shift+c"], "undo": []} */
	{"keymap",        PREFERENCE_OBJECT, "{}",   0, 0, NULL},
	/* false: single letters are no shortcuts */
	{"singleKeys",    PREFERENCE_BOOL,   "true", 0, 0, NULL},
	/* order and choice of the views in the panel: {"order": […], "hidden": […], "home": "…"} */
	{"views",         PREFERENCE_OBJECT, "{}",   0, 0, NULL},
	/* how the list of each view looks: {"open": {"layout": "table", "columns": […], "sort": "…"}, …} */
	{"viewLayouts",   PREFERENCE_OBJECT, "{}",   0, 0, NULL},
};
/* clang-format on */
const size_t preference_n = sizeof(preference_table) / sizeof(preference_table[0]);
