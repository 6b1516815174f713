#pragma once

#include <stdbool.h>

#include "base/str.h"

/* Currencies of ISO 4217 and their minor units: how many places an amount has that somebody pays. */

enum { CURRENCY_CODE_BYTES = 3 };

/* code in capital letters, as EUR. places_out: 2 of most, 0 of JPY, 3 of KWD, 4 of CLF. false: there is no such currency. */
bool currency_find(struct str code, int *places_out);
