#include "base/shape.h"

const struct field *shape_field(const struct shape *s, struct str name)
{
	for (size_t i = 0; i < s->field_n; i++)
		if (str_eq(str_c(s->fields[i].name), name))
			return &s->fields[i];
	return NULL;
}
