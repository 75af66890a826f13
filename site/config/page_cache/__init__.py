"""Public pages, kept as files until what they show changes."""
