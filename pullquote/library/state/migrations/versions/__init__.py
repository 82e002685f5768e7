"""The changes of the tables, each a script that names the script before it."""
