"""Addresses to which files are sent in parts."""

from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("unggah/", views.upload_begin, name="upload_begin"),
    path("unggah/<str:ref>/", views.upload, name="upload"),
]
