"""Markdown in the dialects that people write it in → blocks."""
