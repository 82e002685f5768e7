"""Candidates → hits, by features and fitted weights."""
