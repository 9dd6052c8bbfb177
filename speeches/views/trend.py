"""The trend: how often phrases were said, year by year, as a chart, a table and a file."""

import csv
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from initiatives.columns import protect
from speeches.search.index.backends.base import TooSlow
from speeches.search.trends.trend import (
    LONGEST_PHRASE,
    MOST_PHRASES,
    MOST_WORDS,
    PER,
    Trend,
    count_phrases,
    example_phrases,
    read_phrase,
)
from speeches.search.trends.trend_page import TrendPage


@require_safe
def trend(request: HttpRequest) -> HttpResponse:
    """Show how often up to four phrases were said in each year."""
    phrases, wrong = _phrases(request)
    fields = [*request.GET.getlist("phrase")[:MOST_PHRASES], *[""] * MOST_PHRASES][:MOST_PHRASES]
    counted, examples = None, []
    try:
        if phrases:
            counted = count_phrases(phrases)
        else:
            examples = example_phrases()
    except TooSlow:
        wrong.append(_("Counting takes too long just now. Try again later, or a rarer phrase."))
    return render(
        request,
        "speeches/trend.html",
        {
            "fields": [field[:LONGEST_PHRASE] for field in fields],
            "wrong": wrong,
            "trend": TrendPage(counted) if counted else None,
            "csv_url": f"{reverse('trend_csv')}?{urlencode({'phrase': phrases}, doseq=True)}",
            "examples": examples,
            "longest": LONGEST_PHRASE,
        },
    )


@require_safe
def trend_csv(request: HttpRequest) -> HttpResponse:
    """Hand out the table of a trend: a row for each year, two columns for each phrase."""
    phrases, wrong = _phrases(request)
    if wrong or not phrases:
        told = wrong or [_("Give at least one phrase, as in: ?phrase=climate+change")]
        return _refusal("\n".join(told), HTTPStatus.BAD_REQUEST)
    try:
        counted = count_phrases(phrases)
    except TooSlow:
        told_slow = _("Counting takes too long just now. Try again later, or a rarer phrase.")
        return _refusal(told_slow, HTTPStatus.SERVICE_UNAVAILABLE)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="trend.csv"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "public, max-age=300"
    _write(counted, response)
    return response


def _refusal(told: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(f"{told}\n", status=status, content_type="text/plain; charset=utf-8")


def _write(counted: Trend, response: HttpResponse) -> None:
    writer = csv.writer(response)
    headings = [
        name for one in counted.series for name in (one.phrase, f"{one.phrase} (in {PER:,} words)")
    ]
    writer.writerow(["year", "words", *map(protect, headings)])
    for row in counted.rows:
        cells = [cell for one in row.phrases for cell in (one.count, f"{one.rate:.4f}")]
        writer.writerow([row.year, row.words, *cells])


def _phrases(request: HttpRequest) -> tuple[list[str], list[str]]:
    """Return the phrases of the address that can be counted, and a sentence on each other one."""
    typed = [phrase for phrase in request.GET.getlist("phrase") if phrase.strip()]
    phrases, wrong = [], []
    for phrase in typed[:MOST_PHRASES]:
        try:
            phrases.append(read_phrase(phrase))
        except ValueError:
            told = _(
                "“%(phrase)s” cannot be counted: a phrase has one to %(words)d words and up"
                " to %(characters)d characters."
            )
            shown = {"phrase": phrase[:LONGEST_PHRASE], "words": MOST_WORDS,
                     "characters": LONGEST_PHRASE}  # fmt: skip
            wrong.append(told % shown)
    if len(typed) > MOST_PHRASES:
        wrong.append(_("Only the first %(most)d phrases are compared.") % {"most": MOST_PHRASES})
    return list(dict.fromkeys(phrases)), wrong
