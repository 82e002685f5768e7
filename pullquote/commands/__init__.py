"""The command line: a file for each command, with its options, its work and what it prints."""
