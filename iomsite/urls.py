"""The site map. Every public page lives under its language; the rest speaks none."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from iomsite import views
from speeches.views import attachment, search, search_suggestions, stored_file
from speeches.views.mentions import mentions_feed, mentions_of
from speeches.views.outputs import search_csv, search_feed, search_json
from speeches.views.quote import quote
from speeches.views.trend import trend, trend_csv

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("admin/", admin.site.urls),
    path("accounts/", include("iomsite.accounts.urls")),
    re_path("^files/(?P<checksum>[0-9a-f]{64})/(?P<name>[^/]+)$", stored_file, name="stored_file"),
    path("files/<int:pk>/<str:name>", attachment, name="attachment"),
    path("media/images/<str:path>", views.image, name="image"),
    path("preview/", include("iomsite.previews.urls")),
    path("healthz/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("search/", search, name="search"),
        path("search/suggestions/", search_suggestions, name="search_suggestions"),
        path("search/feed/", search_feed, name="search_feed"),
        path("search/results.json", search_json, name="search_json"),
        path("search/results.csv", search_csv, name="search_csv"),
        path("quote/", quote, name="quote"),
        path("trend/", trend, name="trend"),
        path("trend/table.csv", trend_csv, name="trend_csv"),
        path("mentions/<slug:kind>/<slug:slug>/", mentions_of, name="mentions_of"),
        path("mentions/<slug:kind>/<slug:slug>/feed/", mentions_feed, name="mentions_feed"),
        path("about/", views.about, name="about"),
        path("styleguide/", views.styleguide, name="styleguide"),
        path("speeches/", include("speeches.urls")),
        path("", include("initiatives.urls")),
        path("", include("iomsite.pages.urls")),
    ),
]

handler404 = "iomsite.errors.not_found"
handler500 = "iomsite.errors.server_error"
