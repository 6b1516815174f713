#pragma once

#include "base/zone.h"

/* Shared by zone.c (files) and zone_rule.c (what is behind their last transition). All in seconds. */

enum { DAY_SECONDS = 24 * 60 * 60 };

int64_t floor_div(int64_t x, int64_t by);
int64_t rule_offset(const struct zone_rule *r, int64_t at);
/* INT64_MAX: none any more. */
int64_t rule_next_change(const struct zone_rule *r, int64_t at);
