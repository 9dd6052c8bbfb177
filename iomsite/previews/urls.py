"""The addresses of a preview link. What follows the token is the address of the part shown."""

from django.urls import re_path

from iomsite.previews import views

app_name = "previews"

TOKEN = r"^(?P<token>[A-Za-z0-9_-]{43})"  # noqa: S105 - what a token looks like

urlpatterns = [
    re_path(rf"{TOKEN}/$", views.preview, name="preview"),
    re_path(rf"{TOKEN}/review/$", views.review, name="review"),
    re_path(rf"{TOKEN}(?P<inner>/.+)$", views.preview, name="part"),
]
