#include "base/zone.h"

#include <stdint.h>

#include "base/check.h"
#include "base/clock.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* A file of tzdata, and the rule in its footer. Whatever it says: every time has an offset, changes come in order, and a wall time is
 * found. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const int64_t walls[] = {INT64_MIN / 4, -1, 0, 1774747800000, 4102444800000, 60000000000000};
	struct str file = {(const char *)bytes, n};
	struct zone z;
	zone_rule_parse(file, &z.rule);
	if (!zone_parse(file, &z))
		return 0;
	for (size_t i = 0; i < sizeof(walls) / sizeof(walls[0]); i++) {
		int64_t change = zone_next_change(&z, walls[i]);
		check(change > walls[i] || walls[i] < 0);
		zone_of_wall(&z, walls[i]);
		zone_offset_at(&z, walls[i]);
	}
	return 0;
}
