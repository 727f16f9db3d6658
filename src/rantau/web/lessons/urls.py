"""The addresses of lessons before departure, below a programme's."""

from django.urls import URLPattern, URLResolver, path

from . import own, table, views

HERE = "program/<slug:programme>/pembekalan/"
LESSON = f"{HERE}pelajaran/<str:ref>/"
OWN = "program/<slug:programme>/pendaftaran/<str:code>/pembekalan"

urlpatterns: list[URLPattern | URLResolver] = [
    path(HERE, views.lessons, name="lessons"),
    path(f"{HERE}hari-ini/", views.today, name="lessons_today"),
    path(f"{HERE}rencana/", views.plan, name="lesson_plan"),
    path(f"{HERE}tabel/", table.table, name="lessons_table"),
    path(f"{HERE}hadir.csv", table.attendance, name="lessons_csv"),
    path(LESSON, views.lesson, name="lesson"),
    path(f"{LESSON}hadir/", views.hold, name="lesson_hold"),
    path(f"{LESSON}hasil/", views.results, name="lesson_results"),
    path(f"{LESSON}pindah/", views.move, name="lesson_move"),
    path(f"{LESSON}batal/", views.cancel, name="lesson_cancel"),
    path(f"{OWN}/", own.lessons, name="own_lessons"),
    path(f"{OWN}.ics", own.calendar_file, name="own_lessons_ics"),
]
