"""AsciiDoc, as Asciidoctor reads it and as the older AsciiDoc did.

The parser is our own: none in Python is kept well. It knows what readers meet, and drops what only a program needs.
"""
