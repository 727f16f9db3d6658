"""Addresses of the marking pages."""

from django.urls import URLPattern, URLResolver, path

from . import disputes, examiners, sessions, views

HERE = "program/<slug:programme>/"
MARKS = f"{HERE}nilai/"
BATCH = f"{MARKS}<str:code>/<slug:criterion>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{HERE}sesi/", sessions.sessions, name="sessions"),
    path(f"{HERE}sesi/rencana/", sessions.session_plan, name="session_plan"),
    path(f"{HERE}sesi/<str:code>/", sessions.attendance, name="attendance"),
    path(f"{HERE}sesi/<str:code>/panggil/", sessions.session_assign, name="session_assign"),
    path(f"{HERE}sesi/<str:code>/cetak/", sessions.attendance_print, name="attendance_print"),
    path(f"{HERE}sesi/<str:code>/penguji/", examiners.session_examiners, name="session_examiners"),
    path(MARKS, views.marking, name="marking"),
    path(f"{MARKS}penguji/", examiners.examiners, name="examiners"),
    path(f"{MARKS}perubahan/", disputes.disputes, name="disputes"),
    path(f"{MARKS}perubahan/<str:ref>/", disputes.dispute, name="dispute"),
    path(BATCH, views.pieces, name="pieces"),
    path(f"{BATCH}kunci/", views.pieces_lock, name="pieces_lock"),
    path(f"{BATCH}konflik/<str:piece>/", views.piece_conflict, name="piece_conflict"),
    path(f"{BATCH}lembar.<slug:kind>", views.pieces_out, name="pieces_out"),
    path(f"{BATCH}lembar/", views.pieces_in, name="pieces_in"),
]
