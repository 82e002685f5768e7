"""reStructuredText, with the directives and roles of Sphinx and its extensions."""
