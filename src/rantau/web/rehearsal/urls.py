"""Addresses of the rehearsal pages."""

from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("peragaan/", views.door, name="rehearsal"),
    path("peragaan/masuk/<str:ref>/", views.enter, name="rehearsal_enter"),
    path("peragaan/<slug:programme>/jam/", views.clock, name="rehearsal_clock"),
    path("peragaan/<slug:programme>/undangan/", views.invitation, name="rehearsal_invitation"),
]
