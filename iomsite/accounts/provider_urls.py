"""The addresses for coming from the organization's own sign-in service, where there is one."""

from allauth.socialaccount import views
from django.urls import include, path

urlpatterns = [
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("provider/cancelled/", views.login_cancelled, name="socialaccount_login_cancelled"),
    path("provider/error/", views.login_error, name="socialaccount_login_error"),
    path("provider/signup/", views.signup, name="socialaccount_signup"),
    path("provider/", views.connections, name="socialaccount_connections"),
]
