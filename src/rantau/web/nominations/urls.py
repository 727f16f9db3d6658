"""Addresses of the nominations pages."""

from django.urls import URLPattern, URLResolver, path

from . import views

DESK = "program/<slug:programme>/sekolah/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(DESK, views.nominations, name="nominations"),
    path(f"{DESK}daftar/", views.nominations_in, name="nominations_in"),
    path(f"{DESK}contoh.xlsx", views.nominations_template, name="nominations_template"),
    path(f"{DESK}undangan/<str:ref>/batal/", views.nomination_cancel, name="nomination_cancel"),
]
