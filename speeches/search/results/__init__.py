"""What a page shows of an answer."""
