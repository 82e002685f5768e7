"""Measurements run by hand, from the project's folder: `python -m benchmarks.quick`."""
