"""Reading a page as a visitor does: its links by their words, its forms by what they send."""

import html
import re
from http import HTTPStatus

INDEX_TABLES = re.compile(r'"?(speeches_search|search_|speeches_synonym)|sqlite_master|pg_', re.I)
HOW_TO_ASK = ("SAVEPOINT", "RELEASE SAVEPOINT", "SET LOCAL")
"""What the search says to PostgreSQL before and after it asks the index."""


def outside_the_index(asked):
    """Return the SQL that was asked of the record and the directory, not of the index."""
    statements = [entry["sql"] for entry in asked]
    return [
        sql for sql in statements if not sql.startswith(HOW_TO_ASK) and not INDEX_TABLES.search(sql)
    ]


def page_at(client, query, path="/en/search/"):
    response = client.get(f"{path}?{query}")
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def links(page):
    """Return every link of the page with its words, or what it is called aloud."""
    found = {}
    for attributes, inner in re.findall(r"<a\b([^>]*)>(.*?)</a>", page, re.S):
        address = html.unescape(re.search(r'href="([^"]*)"', attributes)[1])
        aloud = re.search(r'aria-label="([^"]*)"', attributes)
        words = aloud[1] if aloud else " ".join(re.sub(r"<[^>]+>", " ", inner).split())
        found.setdefault(html.unescape(words), address)
    return found


def fields_of(page, marker):
    """Return what the form that a marker stands in sends as it is."""
    form = next(form for form in re.findall(r"<form.*?</form>", page, re.S) if marker in form)
    pairs = re.findall(r"<input\b[^>]*>", form)
    sent = {}
    for field in pairs:
        name = re.search(r'name="([^"]*)"', field)
        value = re.search(r'value="([^"]*)"', field)
        if name:
            sent.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent.setdefault(name, []).append(chosen[1] if chosen else "")
    return sent
