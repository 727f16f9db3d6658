"""Addresses of the ui pages."""

from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [path("ui/", views.components, name="ui")]
