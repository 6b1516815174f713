#pragma once

#include "base/str.h"

/* Names of people: the one text that a mail carries as given and family name, and the two as people of that script write them. The family
 * name goes first in names of Han, kana and hangul ("佐藤 美咲"), and before a comma ("Lovelace, Ada"), unless what is behind the comma is
 * no name ("Acme, Inc."). What cannot be told apart is a given name. */

struct arena;

struct person_name {
	struct str first, last; /* given, family; may be empty, never null. Parts of the text that was split */
};
struct person_name person_name_split(struct str full);
/* Both in one, with a space between them; the empty string for no name. Null is no name either. */
struct str person_name(struct arena *a, struct str first, struct str last);
