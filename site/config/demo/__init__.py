"""A demonstration: an invented service desk over the units of a real kabupaten, made from a seed and removable again."""
