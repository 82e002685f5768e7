"""Plain text, as people type it, programs lay it out and scrapers leave it → blocks."""
