#include "cmd/asset.h"

const struct asset *asset_find(struct str path)
{
	size_t from = 0, to = asset_n;

	if (str_starts(path, STR("/")))
		path = str_skip(path, 1);
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = str_cmp(path, assets[middle].name);
		if (order == 0)
			return &assets[middle];
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NULL;
}
