"""Candidates → hits, by their features and by fitted weights."""
