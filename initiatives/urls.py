"""Addresses of the directory."""

from django.urls import path

from initiatives import views

app_name = "initiatives"

urlpatterns = [
    path("organizations/", views.organization_list, name="organization_list"),
    path("organizations/<slug:slug>/", views.organization, name="organization"),
    path("people/", views.person_list, name="person_list"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("initiatives/", views.initiative_list, name="initiative_list"),
    path("initiatives/<slug:slug>/", views.initiative, name="initiative"),
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/series/", views.meeting_series_list, name="meeting_series_list"),
    path("meetings/series/<slug:slug>/", views.meeting_series, name="meeting_series"),
    path("meetings/<slug:slug>/", views.meeting, name="meeting"),
    path("countries/", views.country_list, name="country_list"),
    path("countries/<slug:slug>/", views.country, name="country"),
    path("glossary/", views.glossary, name="glossary"),
]
