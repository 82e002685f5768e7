"""Interactions in, messages out: the only room that knows Discord."""
