"""What the public may know of how a speech was changed: when, what, word for word."""
