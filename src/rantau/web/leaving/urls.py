"""Addresses of the pages of clearance, groups, visas, arrivals, coming home, the pack and the exchange."""

from django.urls import URLPattern, URLResolver, path

from . import arrivals, board, exchanging, groups, homeward, pack, person, visas

HERE = "program/<slug:programme>/"
OWN = f"{HERE}pendaftaran/<str:code>/perjalanan/"
DESK = f"{HERE}meja/keberangkatan/"
GROUP = f"{HERE}meja/rombongan/"
VISA = f"{HERE}meja/visa/"
HOME = f"{HERE}meja/kepulangan/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(OWN, person.own_leaving, name="own_leaving"),
    path(f"{OWN}tiba/", person.own_arrived, name="own_arrived"),
    path(f"{OWN}visa/", person.own_visa, name="own_visa"),
    path(f"{OWN}mundur/", person.own_withdraw, name="own_withdraw"),
    path(f"{OWN}pulang/", person.own_homeward, name="own_homeward"),
    path(f"{OWN}pulang/<slug:step>/", person.own_homeward_step, name="own_homeward_step"),
    path(f"{OWN}bekal-<slug:language>.pdf", pack.own_pack, name="own_pack"),
    path(DESK, board.leaving_desk, name="leaving_desk"),
    path(f"{DESK}<str:code>/", board.leaving_person, name="leaving_person"),
    path(f"{DESK}<str:code>/bekal-<slug:language>.pdf", pack.desk_pack, name="desk_pack"),
    path(f"{DESK}<str:code>/<slug:step>/", board.leaving_step, name="leaving_step"),
    path(f"{GROUP}baru/", groups.group_plan, name="group_plan"),
    path(f"{GROUP}<str:code>/", groups.group, name="group"),
    path(f"{GROUP}<str:code>/ubah/", groups.group_change, name="group_change"),
    path(f"{GROUP}<str:code>/orang/", groups.group_people, name="group_people"),
    path(f"{GROUP}<str:code>/<slug:step>/", groups.group_step, name="group_step"),
    path(VISA, visas.visa_desk, name="visa_desk"),
    path(f"{VISA}minta/", visas.visa_ask, name="visa_ask"),
    path(f"{VISA}daftar/", visas.visa_list, name="visa_list"),
    path(f"{VISA}jawaban/", visas.visa_answer, name="visa_answer"),
    path(f"{VISA}<str:ref>/batal/", visas.visa_take_back, name="visa_take_back"),
    path(f"{HERE}meja/kedatangan/", arrivals.arrivals, name="arrivals"),
    path(f"{HERE}meja/kedatangan/lapor/", arrivals.arrivals_report, name="arrivals_report"),
    path(f"{HERE}meja/kedatangan/<str:code>/keluarga/", arrivals.arrival_kin, name="arrival_kin"),
    path(HOME, homeward.homewards, name="homewards"),
    path(f"{HOME}buka/<str:code>/", homeward.homeward_open, name="homeward_open"),
    path(f"{HOME}<str:code>/", homeward.homeward, name="homeward"),
    path(f"{HOME}<str:code>/<slug:step>/", homeward.homeward_step, name="homeward_step"),
    path(f"{HERE}meja/pertukaran/", exchanging.exchange, name="exchange"),
    path(f"{HERE}meja/pertukaran/masuk/", exchanging.exchange_in, name="exchange_in"),
]
