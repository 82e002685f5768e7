"""Web pages as a source of articles: the only room that fetches, and what keeps it to the public internet."""
