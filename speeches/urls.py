"""Addresses of the record."""

from django.urls import path

from speeches import views
from speeches.views import history

app_name = "speeches"

urlpatterns = [
    path("", views.speech_list, name="speech_list"),
    path("<slug:slug>/", views.speech, name="speech"),
    path("<slug:slug>/history/", history.history, name="history"),
    path("<slug:slug>/history/compare/", history.comparison, name="comparison"),
    path("<slug:slug>/history.json", history.history_json, name="history_json"),
    path("<slug:slug>/versions/<int:number>.json", history.version_json, name="version_json"),
    path("<slug:slug>/versions/<int:number>/", history.version, name="version"),
    path(
        "<slug:slug>/versions/<int:number>/<slug:language>/", history.version, name="version_text"
    ),
    path("<slug:slug>/<slug:language>/", views.speech, name="speech_text"),
]
