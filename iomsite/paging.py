"""Paging through long lists with the rows and their total in one query."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Subquery, Value
from django.http import Http404, HttpRequest

PER_PAGE = 20
DEEPEST_PAGE = 2000


class CountedPaginator(Paginator):
    """A paginator whose page brings the total along, as a scalar subquery."""

    def page(self, number: Any) -> Page:
        """Return one page.

        Raises Http404 for what is no page number of this list.
        """
        if not str(number).isascii() or not str(number).isdigit() or int(number) > DEEPEST_PAGE:
            raise Http404
        wanted = max(1, int(number))
        rows: QuerySet = self.object_list  # type: ignore[assignment]
        total = rows.order_by().values(one=Value(1)).annotate(n=Count("*")).values("n")
        bottom = (wanted - 1) * self.per_page
        shown = list(rows.annotate(total=Subquery(total))[bottom : bottom + self.per_page])
        if shown:
            self.__dict__["count"] = shown[0].total
        elif wanted == 1:
            self.__dict__["count"] = 0
        else:
            raise Http404
        return Page(shown, wanted, self)


def page_of(
    request: HttpRequest, rows: QuerySet, per_page: int = PER_PAGE, parameter: str = "page"
) -> Page:
    """Return the page of rows that the address asks for."""
    return CountedPaginator(rows, per_page).page(request.GET.get(parameter) or 1)
