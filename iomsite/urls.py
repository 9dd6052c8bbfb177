"""The site map. Every public page lives under its language; the rest speaks none."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from iomsite import views
from speeches.views import attachment

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("admin/", admin.site.urls),
    path("files/<int:pk>/<str:name>", attachment, name="attachment"),
    path("media/images/<str:path>", views.image, name="image"),
    path("healthz/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("search/", views.search, name="search"),
        path("about/", views.about, name="about"),
        path("styleguide/", views.styleguide, name="styleguide"),
        path("speeches/", include("speeches.urls")),
        path("", include("initiatives.urls")),
        path("", include("iomsite.pages.urls")),
    ),
]

handler404 = "iomsite.errors.not_found"
handler500 = "iomsite.errors.server_error"
