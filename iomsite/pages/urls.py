"""The site's own sections, by their path. Included last: it answers to every address left."""

from django.urls import re_path

from iomsite.pages import views

app_name = "pages"

urlpatterns = [re_path(r"^(?P<path>[-\w]+(?:/[-\w]+)*)/$", views.page, name="page")]
