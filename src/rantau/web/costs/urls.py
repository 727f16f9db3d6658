"""The addresses of money: fees and what was paid for everybody, reports for their person and for protection officers."""

from django.urls import URLPattern, URLResolver, path

from . import charging, desks, public

HERE = "program/<slug:programme>/biaya/"
DESK = "program/<slug:programme>/meja/biaya/"
OWN = "program/<slug:programme>/pendaftaran/<str:code>/uang/"
MINE = f"{OWN}<str:charge>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(HERE, public.fees, name="fees"),
    path(f"{HERE}catatan/", public.costs, name="costs"),
    path(OWN, charging.charge, name="charge"),
    path(MINE, charging.sent, name="charge_sent"),
    path(f"{MINE}buka/", charging.reopen, name="charge_reopen"),
    path(DESK, desks.expenses, name="expenses"),
    path(f"{DESK}laporan/", desks.charges, name="charges"),
    path(f"{DESK}laporan/<str:code>/", desks.charge_desk, name="charge_desk"),
    path(f"{DESK}<str:ref>/koreksi/", desks.correct, name="expense_correct"),
]
