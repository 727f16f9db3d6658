"""Addresses of the programmes pages."""

from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("program/", views.index, name="programmes"),
    path("program/<slug:programme>/", views.announcement, name="programme"),
    path("program/<slug:programme>/janji/<slug:claim>/", views.claim, name="claim"),
    path("program/<slug:programme>/cek/", views.check, name="check"),
    path("cara-memeriksa/", views.verify, name="verify"),
    path("cara-memeriksa/verify.html", views.verifying_page, name="verifying_page"),
    path("cara-memeriksa/verify.py", views.verifier, name="verifier"),
    path("cara-memeriksa/ed25519.py", views.verifier_signature, name="verifier_signature"),
    path("waspada/", views.safety, name="safety"),
]
