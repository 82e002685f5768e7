"""Whose articles there are, where they come from, and which corpus is in force."""
