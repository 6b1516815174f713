#pragma once

#include <stddef.h>

#include "db/migrate.h"

/* The files of schema/, in order, compiled into the program (tools/embed). */

extern const struct migration migrations[];
extern const size_t migration_n;
