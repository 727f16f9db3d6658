"""Addresses of the selection pages."""

from django.urls import URLPattern, URLResolver, path

from . import audit, desk, lot, objections, offers, outages, results, rounds

HERE = "program/<slug:programme>/"
DESK = f"{HERE}meja/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}rencana/", desk.intake_plan, name="intake_plan"),
    path(f"{DESK}buka/", desk.intake_open, name="intake_open"),
    path(f"{DESK}tutup/", desk.intake_close, name="intake_close"),
    path(f"{DESK}panggil/", desk.call, name="call"),
    path(f"{DESK}bekukan/", rounds.freeze, name="freeze"),
    path(f"{DESK}undi/", rounds.draw, name="draw"),
    path(f"{DESK}hitung/", rounds.run, name="run"),
    path(f"{DESK}umumkan/", rounds.publish, name="publish"),
    path(f"{DESK}bekukan-akhir/", rounds.freeze_final, name="freeze_final"),
    path(f"{DESK}kursi/", offers.offers, name="offers"),
    path(f"{DESK}kursi/<str:code>/", offers.extra_seat, name="extra_seat"),
    path(f"{DESK}sanggah/", objections.objections, name="objections"),
    path(f"{DESK}sanggah/<str:ref>/", objections.objection, name="objection_decide"),
    path(f"{DESK}gangguan/", outages.outage_desk, name="outage_desk"),
    path(f"{DESK}gangguan/<str:ref>/sahkan/", outages.outage_confirm, name="outage_confirm"),
    path(f"{DESK}gangguan/<str:ref>/buang/", outages.outage_discard, name="outage_discard"),
    path(f"{HERE}gangguan/", outages.outages, name="outages"),
    path(f"{HERE}hasil/", results.results, name="results"),
    path(f"{HERE}hasil/<slug:kind>.json", results.round_file, name="round_file"),
    path(f"{HERE}hasil/<slug:kind>.xlsx", results.round_sheet, name="round_sheet"),
    path(f"{HERE}hasil/undian/bukti", lot.evidence, name="evidence"),
    path(".well-known/rantau-key", lot.signing_key, name="signing_key"),
    path(f"{HERE}audit/", audit.audit, name="audit"),
    path(f"{HERE}audit/<slug:kind>.json", audit.audit_file, name="audit_file"),
]
