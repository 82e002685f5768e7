"""Answers and reports → what Discord shows. Pure functions."""
