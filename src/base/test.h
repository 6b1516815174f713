#pragma once

/* cmocka for *_test.c: with the headers it wants before it, and without its macro fail(), which is a function of base/ctx.h. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#undef fail
