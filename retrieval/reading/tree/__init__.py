"""A document as a tree of elements named as in HTML, whatever its format, and the blocks in it."""
