"""The site map of a site with a sign-in service."""

from django.urls import include, path

from iomsite.urls import handler404, handler500, urlpatterns  # noqa: F401

urlpatterns = [path("accounts/", include("iomsite.accounts.provider_urls")), *urlpatterns]
