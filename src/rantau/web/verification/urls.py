"""Addresses of the verification pages."""

from django.urls import URLPattern, URLResolver, path

from . import favours, schools, views

HERE = "program/<slug:programme>/"
DESK = f"{HERE}verifikasi/"
FILE = f"{DESK}berkas/<str:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(DESK, views.verification_desk, name="verification"),
    path(f"{DESK}ambil/", views.verification_next, name="verification_next"),
    path(FILE, views.verify_file, name="verify_file"),
    path(f"{FILE}lepas/", views.verify_release, name="verify_release"),
    path(f"{FILE}konflik/", views.verify_conflict, name="verify_conflict"),
    path(f"{FILE}dokumen/<slug:kind>/", views.verify_document, name="verify_document"),
    path(f"{DESK}sampel/", views.sample, name="sample"),
    path(f"{DESK}sampel/<str:code>/", views.sample_file, name="sample_file"),
    path(f"{DESK}lembar.xlsx", views.verification_out, name="verification_out"),
    path(f"{DESK}lembar/", views.verification_in, name="verification_in"),
    path(f"{HERE}sekolah-belum-terdaftar/", schools.school_claims, name="school_claims"),
    path(f"{HERE}titipan/", favours.favour, name="favour"),
    path(f"{HERE}titipan/daftar/", favours.favours, name="favours"),
]
