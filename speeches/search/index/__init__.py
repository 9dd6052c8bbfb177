"""What is searched: tables in the database, written after each change, and what is kept of
them in memory.
"""
