"""Addresses for ever: what was public once is answered, and links that lead out are checked."""
