#pragma once

#include <stdbool.h>

#include "base/str.h"

/* Which kind of video bytes are, by their beginning and never by a name: what browsers play, and nothing else. WebM is EBML (RFC 8794)
 * whose document type says webm; MP4 and QuickTime begin with a file type box (ISO/IEC 14496-12 section 4.3) of a brand that stands for
 * video: those of pictures (HEIC, AVIF) and of sound alone (M4A) are none. */

enum { VIDEO_HEAD_BYTES = 4096 };

struct video_type {
	struct str content_type; /* video/webm, video/mp4, video/quicktime */
	struct str encoding;     /* webm, mp4, mov: its extension */
};

/* The first VIDEO_HEAD_BYTES, or all there are. false: none of these. */
bool video_type(struct str head, struct video_type *out);

/* Captions as WebVTT: the first line is "WEBVTT", alone or with a comment behind a blank; a byte order mark may stand before it. */
bool is_webvtt(struct str head);
