"""Names in speeches: found, decided by people, and then led somewhere."""
