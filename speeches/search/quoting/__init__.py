"""What the quote finder shows: word for word, altered, or not found."""
