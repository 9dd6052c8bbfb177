"""Showing an item before it is public: to its editors, and by a secret link to one guest."""
