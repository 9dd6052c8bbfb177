"""How right and how fast names are found in texts."""
