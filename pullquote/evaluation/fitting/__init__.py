"""Question sets → the ranker's weights."""
