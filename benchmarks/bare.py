"""The other side of the comparison: the least that Django can do for the same bytes.

One query, one template, no rules: the address `/bare/NAME/` answers with the body that the
page NAME had, read from the folder BENCHMARK_BODIES, around one row of the database. It passes
the same middleware as every page.
"""

import os
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template import Engine, Template
from django.template.context import Context
from django.urls import path

from iomsite.urls import urlpatterns as pages_of_the_site
from speeches.models import Speech


@cache
def template_of(name: str) -> Template:
    """Return a template whose words are the page's own, with room for one value."""
    body = (Path(os.environ["BENCHMARK_BODIES"]) / f"{name}.html").read_text()
    template: Template = Engine().from_string(
        "{% verbatim bare %}" + body + "{% endverbatim bare %}{{ row.reference }}"
    )
    return template


def bare(request: HttpRequest, name: str) -> HttpResponse:
    row = Speech.objects.order_by("-pk").first()
    return HttpResponse(template_of(name).render(Context({"row": row})))


urlpatterns = [path("bare/<slug:name>/", bare), *pages_of_the_site]
