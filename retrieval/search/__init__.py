"""A corpus and its indexes: built, searched, saved."""
