"""A unit's budget: read from the file an office has, shown as table, chart, files and banner."""
