"""Addresses of the pages of the way to departure and its documents."""

from django.urls import URLPattern, URLResolver, path

from . import board, look, own, rules

HERE = "program/<slug:programme>/"
WAY = f"{HERE}pendaftaran/<str:code>/keberangkatan/"
DESK = f"{HERE}meja/dokumen"
PAPER = f"{DESK}/<str:ref>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(WAY, own.own_departure, name="own_departure"),
    path(f"{WAY}dokumen/<slug:kind>/", own.own_paper, name="own_paper"),
    path(f"{WAY}dokumen/<slug:kind>/berkas/", own.own_paper_scan, name="own_paper_scan"),
    path(f"{HERE}dokumen/", rules.document_rules, name="document_rules"),
    path(f"{DESK}/", board.papers_board, name="papers_board"),
    path(f"{DESK}.csv", board.papers_out, name="papers_out"),
    path(PAPER, look.paper_look, name="paper_look"),
    path(f"{PAPER}buka/", look.paper_open, name="paper_open"),
    path(f"{PAPER}berkas/", look.paper_scan, name="paper_scan"),
]
