#pragma once

#include <jansson.h>

#include "base/ctx.h"
#include "desk/search.h"

/* {filterGroups: [{filters: […]}], filters: […]} decoded: filters beside the groups are one more group. Types and rights are not asked
 * here. Texts stay those of the JSON. ERR_BAD_INPUT names what is of the wrong form. */
enum err search_groups_read(struct ctx *c, const json_t *object, struct search_in *in);
