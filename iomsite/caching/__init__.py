"""What may be kept of a page, and for how long: until something changes, and never past that."""
