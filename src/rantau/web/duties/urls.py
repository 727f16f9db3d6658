"""Addresses of the pages of duties and mandates."""

from django.urls import URLPattern, URLResolver, path

from . import board, calendars, mandates

HERE = "program/<slug:programme>/"
DUTIES = f"{HERE}kewajiban/"
MANDATES = f"{HERE}mandat/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(DUTIES, board.duties, name="duties"),
    path(f"{DUTIES}umum.ics", calendars.duties_public, name="duties_public_ics"),
    path(f"{DUTIES}kantor.ics", calendars.duties_own, name="duties_own_ics"),
    path(f"{DUTIES}<str:code>/", board.duty, name="duty"),
    path(f"{DUTIES}<str:code>/bukti/", board.duty_show, name="duty_show"),
    path(f"{DUTIES}<str:code>/keberatan/", board.duty_doubt, name="duty_doubt"),
    path(f"{DUTIES}<str:code>/dibebaskan/", board.duty_excuse, name="duty_excuse"),
    path(MANDATES, mandates.mandates, name="mandates"),
    path(f"{MANDATES}catat/", mandates.mandate_record, name="mandate_record"),
    path(f"{MANDATES}<str:ref>/sahkan/", mandates.mandate_confirm, name="mandate_confirm"),
    path(f"{MANDATES}<str:ref>/akhiri/", mandates.mandate_end, name="mandate_end"),
]
