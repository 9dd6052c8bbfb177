"""Where one speech quotes or names another."""
