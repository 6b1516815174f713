#pragma once

#include "api/describe.h"

/* One chapter for each group of resources: the models it has, and which route takes and gives them. */

struct chapter {
	const struct model *models;
	size_t model_n;
	const struct description *descriptions;
	size_t description_n;
};
extern const struct chapter describe_desk;
extern const struct chapter describe_objects;
extern const struct chapter describe_links;
extern const struct chapter describe_definitions;
extern const struct chapter describe_conversations;
extern const struct chapter describe_custom_channels;
extern const struct chapter describe_people;
extern const struct chapter describe_files;
extern const struct chapter describe_records;
extern const struct chapter describe_composer;
extern const struct chapter describe_manage;
extern const struct chapter describe_webhooks;
extern const struct chapter describe_sending;
extern const struct chapter describe_notifications;
extern const struct chapter describe_quotes;
extern const struct chapter describe_library;
extern const struct chapter describe_articles;
extern const struct chapter describe_booking;

#define LENGTH(table)              (sizeof(table) / sizeof((table)[0]))
#define CHAPTER(models, table)     {models, LENGTH(models), table, LENGTH(table)}
#define MODEL(name, help, table)   {name, help, table, LENGTH(table)}
#define NEED(name, type, help)     {name, type, true, help}
#define MAY(name, type, help)      {name, type, false, help}

#define PAGE      "limit after"
#define WHICH     "properties propertiesWithHistory associations archived"
#define NO_BODY   NULL, AS_IT_IS
#define NO_ANSWER NULL, AS_IT_IS
