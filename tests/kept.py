"""Asking for a page, and seeing whether it was made for that or kept from before."""

from http import HTTPStatus

from django.db import connection
from django.test.utils import CaptureQueriesContext

LIST = "/en/speeches/"


def page_at(client, address=LIST, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def queries_of(client, address=LIST, **headers):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, headers=headers)
    return len(queries), response


def is_kept(client, address, **headers):
    client.get(address, headers=headers)
    return queries_of(client, address, **headers)[0] == 1
