#include "text/video_type.h"

#include <stdint.h>

#include "base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Whatever comes: one of the three kinds, or nothing is written; more bytes behind the head change nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str head = {(const char *)bytes, n};
	struct video_type got = {STR_NULL, STR_NULL}, again;
	bool is_one = video_type(head, &got);
	check(is_one == (got.content_type.n > 0 && got.encoding.n > 0));
	check(!is_one || str_starts(got.content_type, STR("video/")));
	check(video_type(str_head(head, VIDEO_HEAD_BYTES), &again) == is_one);
	return 0;
}
