"""Addresses of the record."""

from django.urls import path

from speeches import views

app_name = "speeches"

urlpatterns = [
    path("", views.speech_list, name="speech_list"),
    path("<slug:slug>/", views.speech, name="speech"),
    path("<slug:slug>/<slug:language>/", views.speech, name="speech_text"),
]
