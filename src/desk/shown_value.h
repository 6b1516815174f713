#pragma once

#include "base/ctx.h"

struct object;
struct property_def;

/* The value of a property as people read it, for texts to customers: the label of an option, a stage, a pipeline or an owner, several
 * options with commas between, dates in the desk's language and on its clocks. Never null; empty where there is none. */
enum err desk_shown_value(struct ctx *c, const struct object *o, const struct property_def *def, struct str *out);
