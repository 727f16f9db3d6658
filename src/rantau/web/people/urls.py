"""Addresses of the people pages: of the account library's only those that are needed, under its names."""

from allauth.account import views as library
from django.urls import URLPattern, URLResolver, path

from . import guardian, mending, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/", views.account, name="account"),
    path("akun/masuk/", library.login, name="account_login"),
    path("akun/daftar/", library.signup, name="account_signup"),
    path("akun/keluar/", views.SignOut.as_view(), name="account_logout"),
    path("akun/keluar/selesai/", views.left, name="account_left"),
    path("akun/kata-sandi/", library.password_change, name="account_change_password"),
    path("akun/kata-sandi/pertama/", library.password_set, name="account_set_password"),
    path("akun/persetujuan/cabut/", views.withdraw, name="account_withdraw"),
    path("akun/pulihkan/", views.recover, name="recover"),
    path("program/<slug:programme>/pemulihan/", mending.recovery, name="recovery"),
    path("program/<slug:programme>/pemulihan/buka/", mending.open_recovery, name="recovery_open"),
    path("program/<slug:programme>/pemulihan/<str:ref>/", mending.approve_recovery, name="recovery_approve"),
    path("wali/<str:secret>/", guardian.guardian, name="guardian"),
]
