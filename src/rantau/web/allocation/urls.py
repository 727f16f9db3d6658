"""Addresses of the pages of a division."""

from django.urls import URLPattern, URLResolver, path

from . import desk, exemptions, person, public

HERE = "program/<slug:programme>/"
DESK = f"{HERE}meja/pembagian/"
OWN = f"{HERE}pendaftaran/<str:code>/pembagian/<slug:kind>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{HERE}pembagian/<slug:kind>/", public.allocation, name="allocation"),
    path(f"{HERE}pembagian/<slug:kind>/<int:number>/<slug:name>.json", public.allocation_file, name="allocation_file"),
    path(OWN, person.own_allocation, name="own_allocation"),
    path(f"{OWN}pengecualian/", person.exemption_ask, name="exemption_ask"),
    path(f"{OWN}pengecualian/<str:ref>/batal/", person.exemption_back, name="exemption_back"),
    path(f"{OWN}jawaban/", person.place_answer, name="place_answer"),
    path(DESK, desk.allocations, name="allocations"),
    path(f"{DESK}<slug:kind>/", desk.allocation_desk, name="allocation_desk"),
    path(f"{DESK}<slug:kind>/umumkan/", desk.allocation_announce, name="allocation_announce"),
    path(f"{DESK}<slug:kind>/putuskan/", desk.allocation_decide, name="allocation_decide"),
    path(f"{DESK}<slug:kind>/terbitkan/", desk.allocation_publish, name="allocation_publish"),
    path(f"{DESK}<slug:kind>/selesai/", desk.allocation_finish, name="allocation_finish"),
    path(f"{HERE}meja/pengecualian/", exemptions.exemptions, name="exemptions"),
    path(f"{HERE}meja/pengecualian/<str:ref>/", exemptions.exemption_judge, name="exemption_judge"),
]
