"""What an HTML page says about itself: title and date."""

import json
import re

from bs4 import BeautifulSoup, Tag

from . import dates, limits

_SITE_SUFFIX = re.compile(r"\s+[|»]\s+[^|»]+$")
_TITLE_SPACE = re.compile(r"\s+")
_LONGEST_LINE = 160
_MOST_LINES = 8


def page_title(soup: BeautifulSoup) -> str:
    """Give the title of the speech: the main heading, else what the page's head says."""
    for place in ("article h1", "main h1", "[role=main] h1", "h1"):
        for heading in soup.select(place):
            if 0 < len(words := _words(heading)) <= limits.MAX_TITLE_CHARACTERS:
                return words
    if 0 < len(words := _meta(soup, "og:title")) <= limits.MAX_TITLE_CHARACTERS:
        return words
    title = _words(soup.title)[: limits.MAX_TITLE_CHARACTERS] if soup.title else ""
    site = _meta(soup, "og:site_name")
    for mark in (" | ", " - ", " – ", " — ", " :: "):
        if site and title.endswith(f"{mark}{site}"):
            return title.removesuffix(f"{mark}{site}")
    return _SITE_SUFFIX.sub("", title)


def heading_lines(soup: BeautifulSoup) -> list[str]:
    """Give the short lines that stand beside the main heading: date, speaker, status.

    The author in the page's head comes last. It is often a web editor, so only a byline of
    name and office will be believed.
    """
    heading = soup.find("h1")
    lines: list[str] = []
    if isinstance(heading, Tag) and heading.parent is not None:
        title = _words(heading)
        for text in list(heading.parent.stripped_strings)[:40]:
            line = _TITLE_SPACE.sub(" ", text).strip()
            if 2 < len(line) <= _LONGEST_LINE and line not in title:
                lines.append(line)
    author = _meta(soup, "author")
    return [*lines[:_MOST_LINES], *([author] if author else [])]


def page_date(soup: BeautifulSoup) -> dates.FoundDate | None:
    """Give the date in the page's markup, which tells when the page was published."""
    times = [str(time.get("datetime", "")) for time in soup.select("time[datetime]")[:1]]
    published = _meta(soup, "article:published_time")
    for words in (*times, *_linked_data_dates(soup), published, _meta(soup, "date")):
        try:
            if found := dates.find(words):
                return found
        except dates.DateError:
            continue
    return None


def _linked_data_dates(soup: BeautifulSoup) -> list[str]:
    found: list[str] = []
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        nodes = data if isinstance(data, list) else [data]
        for node in nodes:
            graph = node.get("@graph", [node]) if isinstance(node, dict) else []
            for item in graph if isinstance(graph, list) else []:
                if isinstance(item, dict) and isinstance(item.get("datePublished"), str):
                    found.append(item["datePublished"])
    return found


def _meta(soup: BeautifulSoup, name: str) -> str:
    for key in ("property", "name"):
        tag = soup.find("meta", attrs={key: name})
        if isinstance(tag, Tag) and (words := str(tag.get("content", "")).strip()):
            return _TITLE_SPACE.sub(" ", words)
    return ""


def _words(node: Tag) -> str:
    return _TITLE_SPACE.sub(" ", node.get_text(" ", strip=True)).strip()
