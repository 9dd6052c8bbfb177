"""What a reader asks: from what was typed to plain values, and back to words. Pure."""
