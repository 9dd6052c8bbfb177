"""From a file to a draft: what a page says of itself, to be looked at by an editor."""
