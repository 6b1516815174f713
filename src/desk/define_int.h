#pragma once

#include "desk/define.h"

/* Between define.c and define_options.c. */

/* Checks the options that a caller gives for the property and puts them into the form they are kept in. given null: none. */
enum err define_options(struct ctx *c, const struct property *p, struct str given, struct str *out);
