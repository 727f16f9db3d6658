"""Addresses of the pages for those at home."""

from django.urls import URLPattern, URLResolver, path

from . import kin, notes, parents

HERE = "program/<slug:programme>/"
OWN = f"{HERE}pendaftaran/<str:code>/keberangkatan/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{HERE}untuk-orang-tua/", parents.parents, name="parents"),
    path(f"{OWN}kabar/", notes.own_notes, name="own_notes"),
    path(f"{OWN}kabar/<str:ref>/bagikan/", notes.note_share, name="note_share"),
    path(f"{OWN}kabar/<str:ref>/tarik/", notes.note_take_back, name="note_take_back"),
    path(f"{OWN}kabar/<str:ref>/hapus/", notes.note_throw_away, name="note_throw_away"),
    path(f"{OWN}keluarga/", kin.own_kin, name="own_kin"),
    path(f"{OWN}keluarga/tarik/", kin.kin_take_back, name="kin_take_back"),
    path("kabar/<str:secret>/", notes.shared_note, name="shared_note"),
]
