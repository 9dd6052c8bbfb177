"""The quote finder: whether somebody said these words, and where."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from speeches.search.index.backends.base import TooSlow
from speeches.search.quoting.quotation import LEAST_WORDS, MOST_CHARACTERS, parse_quotation
from speeches.search.quoting.quote_answers import answer_quotation


@require_safe
def quote(request: HttpRequest) -> HttpResponse:
    """Look for a pasted quotation and say whether it stands on record, word for word."""
    typed = request.GET.get("text", "")
    quotation = parse_quotation(typed)
    answer = None
    is_slow = False
    if quotation.is_long_enough:
        try:
            answer = answer_quotation(quotation)
        except TooSlow:
            is_slow = True
    return render(
        request,
        "speeches/quote.html",
        {
            "typed": typed[:MOST_CHARACTERS],
            "is_short": bool(typed.strip()) and not quotation.is_long_enough,
            "is_long": len(typed) > MOST_CHARACTERS,
            "is_slow": is_slow,
            "answer": answer,
            "most_characters": MOST_CHARACTERS,
            "least_words": LEAST_WORDS,
        },
        status=HTTPStatus.SERVICE_UNAVAILABLE if is_slow else HTTPStatus.OK,
    )
