"""Bytes of a known type → an article with passages and sentences."""
