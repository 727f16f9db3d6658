"""The addresses of milestones, meetings, demand and declared interests, below a programme's."""

from django.urls import URLPattern, URLResolver, path

from . import demand, interests, meetings, milestones

HERE = "program/<slug:programme>/koordinasi/"
MEETING = f"{HERE}rapat/<str:code>/"
DEMAND = f"{HERE}kebutuhan/"
STONE = "program/<slug:programme>/meja/tonggak/<slug:milestone>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("program/<slug:programme>/tonggak/", milestones.milestones, name="milestones"),
    path(STONE, milestones.milestone_record, name="milestone_record"),
    path(f"{STONE}cabut/", milestones.milestone_withdraw, name="milestone_withdraw"),
    path(f"{HERE}rapat/", meetings.meetings, name="meetings"),
    path(f"{HERE}rapat/rencana/", meetings.meeting_plan, name="meeting_plan"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}rapat.ics", meetings.meeting_calendar, name="meeting_calendar"),
    path(f"{MEETING}pindah/", meetings.meeting_move, name="meeting_move"),
    path(f"{MEETING}hadir/", meetings.meeting_hold, name="meeting_hold"),
    path(f"{MEETING}notula/", meetings.meeting_minute, name="meeting_minute"),
    path(f"{MEETING}sahkan/", meetings.meeting_approve, name="meeting_approve"),
    path(f"{MEETING}buka/", meetings.meeting_reopen, name="meeting_reopen"),
    path(f"{MEETING}batal/", meetings.meeting_cancel, name="meeting_cancel"),
    path(DEMAND, demand.demand, name="demand"),
    path(f"{DEMAND}kebutuhan.xlsx", demand.demand_out, name="demand_out"),
    path(f"{DEMAND}templat.xlsx", demand.demand_template, name="demand_template"),
    path(f"{DEMAND}meja/", demand.demand_desk, name="demand_desk"),
    path(f"{DEMAND}meja/lembar/", demand.demand_in, name="demand_in"),
    path(f"{DEMAND}meja/lembar/<str:ref>/", demand.demand_sheet, name="demand_sheet"),
    path(f"{DEMAND}meja/baris/", demand.demand_new, name="demand_new"),
    path(f"{DEMAND}meja/baris/<str:code>/", demand.demand_row, name="demand_row"),
    path(f"{DEMAND}meja/baris/<str:code>/akhiri/", demand.demand_end, name="demand_end"),
    path(f"{HERE}kepentingan/", interests.interest, name="interest"),
    path(f"{HERE}kepentingan/daftar/", interests.interests, name="interests"),
    path(f"{HERE}kepentingan/daftar/<str:ref>/", interests.interest_note, name="interest_note"),
]
