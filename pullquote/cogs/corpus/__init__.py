"""/corpus: moderators see, add, change, check and undo everything about their articles."""
