"""PDF → characters with their places → lines → headings, paragraphs, lists, tables, code, and footnotes."""
