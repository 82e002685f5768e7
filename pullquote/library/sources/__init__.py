"""Where articles come from: whatever has documents and can list them is a source."""
