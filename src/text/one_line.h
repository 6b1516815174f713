#pragma once

#include "base/str.h"

/* A name or title as one line that reads as it is written: control characters become blanks; marks that turn the direction of what
 * follows (U+202A-202E, 2066-2069), and blanks that nobody sees (U+200B, 2060, FEFF), go; no blanks at its ends. Valid UTF-8 in,
 * valid UTF-8 out; the null string stays null. */

struct arena;

struct str one_line(struct arena *a, struct str text);
