#pragma once

#include <stdint.h>

#include "base/str.h"

/* Dates, times and numbers as the readers of a language write them, by ICU. Of ICU only the forms are used, never its time zones,
 * whose rules are old: the caller says what clocks are ahead of UTC (base/zone.h). */

struct arena;

enum local_form {
	LOCAL_DATE,      /* 21 November 2026 */
	LOCAL_DAY,       /* Saturday 21 November 2026 */
	LOCAL_WEEKDAY,   /* Sat 21 Nov */
	LOCAL_MONTH,     /* November 2026 */
	LOCAL_TIME,      /* 14:30, 2:30 PM */
	LOCAL_DATE_TIME, /* 21 November 2026 at 14:30 */
};

/* An instant on clocks that are offset_ms ahead of UTC. Never null; a language that is not known is written as English. */
struct str local_time(struct arena *a, struct str language, int64_t at_ms, int64_t offset_ms, enum local_form form);

/* A decimal number, exactly: "1234.5" is 1,234.5 or 1.234,5. What is no number comes back as it is. */
struct str local_number(struct arena *a, struct str language, struct str decimal);
/* The same with a currency (ISO 4217) and as many places as it has: "1234.5" in EUR is €1,234.50 or 1.234,50 €. */
struct str local_money(struct arena *a, struct str language, struct str decimal, struct str currency);

/* What a language is called in a language: "allemand". As it is written where ICU does not know. */
struct str local_language(struct arena *a, struct str language, struct str named);
