"""Where articles come from, what is wrong with them, and which corpus is in force."""
