#pragma once

#include "base/ctx.h"

/* A few words to the other processes on the same database, for what is told and never stored. They come with the commit of this
 * transaction, which may be one that only reads; who is not there does not hear them. On SQLite there is nobody else. */
enum err bus_say(struct ctx *c, struct str words);
