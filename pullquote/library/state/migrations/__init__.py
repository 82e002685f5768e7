"""How tables came to be what they are, for Alembic: one script a change, in `versions/`."""
