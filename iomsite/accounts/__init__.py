"""Accounts of staff: signing in, second factors, limits of sessions and of guessing."""
