"""Turns articles into answers. Plain synchronous Python that knows nothing of Discord."""
