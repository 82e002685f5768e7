"""What Pullquote knows beyond its files, in a database: tables, one a file, and how they are opened and migrated."""
