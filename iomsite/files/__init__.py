"""Files that staff attach: what may come in, where it lies, how it goes out."""
