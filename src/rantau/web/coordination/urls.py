"""Addresses of the pages of milestones."""

from django.urls import URLPattern, URLResolver, path

from . import milestones

HERE = "program/<slug:programme>/"
DESK = f"{HERE}meja/tonggak/<slug:milestone>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{HERE}tonggak/", milestones.milestones, name="milestones"),
    path(DESK, milestones.milestone_record, name="milestone_record"),
    path(f"{DESK}cabut/", milestones.milestone_withdraw, name="milestone_withdraw"),
]
