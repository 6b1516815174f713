#include "net/http_range.h"

#include "base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Whatever is asked for: a part lies within the file and is not empty; nothing of an empty file is a part. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const int64_t sizes[] = {0, 1, 10, 1000, (int64_t)500 << 20, INT64_MAX};
	struct str header = {(const char *)bytes, n};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		int64_t from = -1, length = -1;
		bool is_part = http_range_read(header, sizes[i], &from, &length) == HTTP_RANGE_PART;
		check(!is_part || (from >= 0 && length > 0 && from < sizes[i] && length <= sizes[i] - from));
		check(is_part || (from == -1 && length == -1));
	}
	if (http_etag_is_in(header, STR("\"a\""), true))
		check(http_etag_is_in(header, STR("\"a\""), false));
	return 0;
}
