"""Addresses of the pages about messages."""

from django.urls import URLPattern, URLResolver, path

from . import desk, reach, signing

DESK = "program/<slug:programme>/meja/pesan/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/saluran/", reach.reach, name="reach"),
    path("akun/saluran/zona/", reach.zone, name="reach_zone"),
    path("akun/saluran/<str:ref>/", reach.contact, name="reach_contact"),
    path("akun/kode/", signing.sign_in_code, name="sign_in_code"),
    path("saluran/", desk.channels, name="channels"),
    path(DESK, desk.messages_desk, name="messages_desk"),
    path(f"{DESK}lagi/", desk.messages_again, name="messages_again"),
    path(f"{DESK}saluran/", desk.channel_trials, name="channel_trials"),
]
