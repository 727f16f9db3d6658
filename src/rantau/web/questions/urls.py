"""Addresses of the pages of open questions and their answers."""

from django.urls import URLPattern, URLResolver, path

from . import views

HERE = "program/<slug:programme>/"
DESK = f"{HERE}meja/pertanyaan/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{HERE}pertanyaan/", views.questions, name="questions"),
    path(DESK, views.question_desk, name="question_desk"),
    path(f"{DESK}<str:about>/jawab/", views.question_answer, name="question_answer"),
    path(f"{DESK}<str:about>/tanggal/", views.question_due, name="question_due"),
    path(f"{HERE}meja/jawaban/<str:ref>/", views.question_proposal, name="question_proposal"),
]
"""The questions themselves stand where they always stood; their desk lies beside the others."""
