/* What an extension stands for. Nothing is shown by a browser because of it: that the bytes decide (net/http_file.c). */

#include "desk/file_int.h"

#include "base/arena.h"

struct known {
	struct str extension, type, content_type;
};
static const struct known known[] = {
	{STR("png"), STR("IMG"), STR("image/png")},
	{STR("jpg"), STR("IMG"), STR("image/jpeg")},
	{STR("jpeg"), STR("IMG"), STR("image/jpeg")},
	{STR("gif"), STR("IMG"), STR("image/gif")},
	{STR("webp"), STR("IMG"), STR("image/webp")},
	{STR("svg"), STR("IMG"), STR("image/svg+xml")},
	{STR("bmp"), STR("IMG"), STR("image/bmp")},
	{STR("heic"), STR("IMG"), STR("image/heic")},
	{STR("mp4"), STR("MOVIE"), STR("video/mp4")},
	{STR("mov"), STR("MOVIE"), STR("video/quicktime")},
	{STR("webm"), STR("MOVIE"), STR("video/webm")},
	{STR("avi"), STR("MOVIE"), STR("video/x-msvideo")},
	{STR("mp3"), STR("AUDIO"), STR("audio/mpeg")},
	{STR("wav"), STR("AUDIO"), STR("audio/wav")},
	{STR("ogg"), STR("AUDIO"), STR("audio/ogg")},
	{STR("m4a"), STR("AUDIO"), STR("audio/mp4")},
	{STR("pdf"), STR("DOCUMENT"), STR("application/pdf")},
	{STR("doc"), STR("DOCUMENT"), STR("application/msword")},
	{STR("docx"), STR("DOCUMENT"), STR("application/vnd.openxmlformats-officedocument.wordprocessingml.document")},
	{STR("xls"), STR("DOCUMENT"), STR("application/vnd.ms-excel")},
	{STR("xlsx"), STR("DOCUMENT"), STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")},
	{STR("ppt"), STR("DOCUMENT"), STR("application/vnd.ms-powerpoint")},
	{STR("pptx"), STR("DOCUMENT"), STR("application/vnd.openxmlformats-officedocument.presentationml.presentation")},
	{STR("odt"), STR("DOCUMENT"), STR("application/vnd.oasis.opendocument.text")},
	{STR("ods"), STR("DOCUMENT"), STR("application/vnd.oasis.opendocument.spreadsheet")},
	{STR("rtf"), STR("DOCUMENT"), STR("application/rtf")},
	{STR("csv"), STR("DOCUMENT"), STR("text/csv")},
	{STR("txt"), STR("TEXT"), STR("text/plain")},
	{STR("log"), STR("TEXT"), STR("text/plain")},
	{STR("json"), STR("TEXT"), STR("application/json")},
	{STR("har"), STR("TEXT"), STR("application/json")},
	{STR("zip"), STR("ARCHIVE"), STR("application/zip")},
	{STR("gz"), STR("ARCHIVE"), STR("application/gzip")},
};

void file_type_of(struct str extension, struct str *type_out, struct str *content_type_out)
{
	*type_out = STR("OTHER");
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(known[i].extension, extension)) {
			*type_out = known[i].type;
			*content_type_out = known[i].content_type;
		}
}
