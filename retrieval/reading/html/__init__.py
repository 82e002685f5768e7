"""Web pages: what a reader sees in their main part."""
