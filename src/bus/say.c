#include "bus/say.h"

#include "db/db.h"

enum err bus_say(struct ctx *c, struct str words)
{
	return db_say(c, words);
}
