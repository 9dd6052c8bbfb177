"""The days that a query is limited to."""

from datetime import date

import pytest

from speeches.search.queries.parsing import parse
from speeches.search.queries.periods import OPEN
from speeches.search.queries.terms import Word


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("year:2006", (2006, 1, 1), (2006, 12, 31)),
        ("year:2006-2009", (2006, 1, 1), (2009, 12, 31)),
        ("year:2006–2009", (2006, 1, 1), (2009, 12, 31)),
        ("year:2006..2009", (2006, 1, 1), (2009, 12, 31)),
        ('year:"2006 - 2009"', (2006, 1, 1), (2009, 12, 31)),
        ("year:2009-2006", (2006, 1, 1), (2009, 12, 31)),
        ("year:2006-", (2006, 1, 1), None),
        ("year:..2009", None, (2009, 12, 31)),
        ("year:1990s", (1990, 1, 1), (1999, 12, 31)),
        ("year:2006-05", (2006, 5, 1), (2006, 5, 31)),
        ("year:٢٠٠٦", (2006, 1, 1), (2006, 12, 31)),
        ("año:2006", (2006, 1, 1), (2006, 12, 31)),
        ("from:2006", (2006, 1, 1), None),
        ("from:2006-05-17", (2006, 5, 17), None),
        ("to:2006", None, (2006, 12, 31)),
        ("to:2008-02", None, (2008, 2, 29)),
        ("from:2006-05 to:2009", (2006, 5, 1), (2009, 12, 31)),
        ("from:2009 to:2006", (2006, 1, 1), (2009, 12, 31)),
    ],
)
def test_years_and_days_limit_the_period(text, first, last):
    found = parse(text)

    assert found.days == (first and date(*first), last and date(*last))
    assert found.notices == ()


@pytest.mark.parametrize("name", ["year", "from", "to"])
@pytest.mark.parametrize(
    "value",
    ["banana", "2006-13", "2006-02-30", "0000", "12", "99999", "2006-05-17-1", "-", "1700",
     "2006-99999999999999999999", "²⁰⁰⁶"],
)  # fmt: skip
def test_what_is_no_date_is_told_and_passed_over(name, value):
    found = parse(f"a {name}:{value}")

    assert (found.clauses, found.days) == (((Word("a"),),), OPEN)
    assert value.strip() in found.notices[0]
