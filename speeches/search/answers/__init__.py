"""How a query is answered: planned, looked up, ranked."""
