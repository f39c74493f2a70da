"""The store: one SQLite file, written by one writer, read by everybody."""
