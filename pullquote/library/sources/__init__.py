"""Where articles come from: a source has documents and lists them."""
