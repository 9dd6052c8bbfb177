"""The site's own sections, by their path. Included last: it answers to every address left."""

from django.urls import path

from iomsite.pages import views

app_name = "pages"

urlpatterns = [path("<path:path>/", views.page, name="page")]
