"""Publishing: what state an item is in, and the one place that decides who may see it."""
