"""How fast and how good the search is. Run `python -m benchmarks.search`.

Figures and how to read them: docs/search-measurements.md.
"""
