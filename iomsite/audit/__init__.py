"""The audit log: who did what and when, in one chain that only grows."""
