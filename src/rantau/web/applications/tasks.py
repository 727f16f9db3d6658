"""The questions of a registration, one page each: what is valid is kept at once, what is not says how to mend it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rantau.applications import queries
from rantau.applications.actions import registration
from rantau.engine import identity
from rantau.people import queries as people

from .answers import told
from .pages import address, asked, context, held, writable
from .questions import TASK_FORMS, Birth, Home, Question, SchoolClaim

SHOWN = 50
"""Schools shown at a time; whoever finds more writes a word of the name."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, programme: str, code: str, task: str) -> HttpResponse:
    """Ask one question, keep its answer, go on to the next that is missing."""
    application = held(request, code)
    if task not in asked(application):
        raise Http404
    if request.method != "POST" and not writable(application, request):
        return redirect(address("application", application))
    if task == "school":
        return _school(request, application)
    if task == "home":
        return _home(request, application)
    form = TASK_FORMS[task](request.POST if request.method == "POST" else None, application=application, at=request.at)
    if not form.is_bound or not form.is_valid():
        return _show(request, application, task, form)
    if isinstance(form, Birth) and (age := form.doubtful()) is not None:
        return _show(request, application, task, form, age=age, template="birth_sure")
    return _keep(request, application, task, **form.answers())


def _keep(request: HttpRequest, application: Any, task: str, **answers: Any) -> HttpResponse:
    """Keep the answers and lead on: to the doubts about a number, back to the check, or to the next question."""
    registration.keep(application=application, person=request.user, at=request.at, chance=request.chance, **answers)
    if application.state == "guardian":
        return redirect(address("application", application))
    if task == "identity" and _doubts(request, application):
        return redirect(f"{address('task', application, task=task)}?{request.GET.urlencode()}")
    return redirect(following(request, application, task))


def following(request: HttpRequest, application: Any, task: str) -> str:
    """Return where to go after a question: the check it came from, the next unanswered one, or the check at the end."""
    if request.GET.get("from") != "review":
        done = queries.tasks(application)
        order = list(done)
        later = [*order[order.index(task) + 1 :], *order[: order.index(task)]]
        if missing := next((name for name in later if not done[name]), None):
            return address("task", application, task=missing)
    return address("review", application) if application.state == "draft" else address("application", application)


def _show(
    request: HttpRequest, application: Any, task: str, form: Any, *, template: str = "task", **more: Any
) -> HttpResponse:
    names = asked(application)
    doubts = _doubts(request, application) if task == "identity" and not form.is_bound else []
    known = {
        "form": form,
        "task": task,
        "number": names.index(task) + 1,
        "count": len(names),
        "doubts": doubts,
        "following": following(request, application, task) if doubts else "",
        **more,
    }
    if request.GET.get("from") == "review":
        known["back"] = address("review", application)
    return render(request, f"applications/{template}.html", context(request, application, **known))


def _doubts(request: HttpRequest, application: Any) -> list[dict[str, Any]]:
    """Return what a person should look at once more in the numbers kept; nothing of it refuses anything."""
    found = queries.findings(application, at=request.at)
    return told(application, [f for f in found if f.rule in ("nik", "nisn")])


def _places(request: HttpRequest, application: Any) -> tuple[str, list[str]]:
    """Return the province chosen, or else kept, or else the school's; and all provinces."""
    chosen = request.GET.get("province")
    if chosen is None:
        chosen = application.province or (application.school.province if application.school_id else "")
    return chosen, people.provinces() or sorted(identity.PROVINCES.values())


def _home(request: HttpRequest, application: Any) -> HttpResponse:
    province, provinces = _places(request, application)
    province = request.POST.get("province", province)
    form = Home(
        request.POST if request.method == "POST" else None, application=application, at=request.at, province=province
    )
    if form.is_bound and form.is_valid():
        return _keep(request, application, "home", **form.answers())
    more = {"province": province, "provinces": provinces, "came": request.GET.get("from", "")}
    return _show(request, application, "home", form, template="home", **more)


def _school(request: HttpRequest, application: Any) -> HttpResponse:
    if request.method == "POST":
        return _keep(request, application, "school", school=people.school(request.POST.get("npsn", "")))
    province, provinces = _places(request, application)
    regency, words = request.GET.get("regency", ""), request.GET.get("text", "").strip()[:60]
    regencies = people.regencies(province) if province else []
    regency = regency if regency in regencies else ""
    searched = bool(regency or words)
    found = list(people.schools(province=province, regency=regency, text=words, limit=SHOWN + 1)) if searched else []
    form = Question(None, application=application, at=request.at)
    more = {
        "province": province,
        "provinces": provinces,
        "regency": regency,
        "regencies": regencies,
        "words": words,
        "searched": searched,
        "found": found[:SHOWN],
        "more": len(found) > SHOWN,
        "claim": queries.school_claim(application),
        "came": request.GET.get("from", ""),
        "query": request.GET.urlencode(),
    }
    return _show(request, application, "school", form, template="school", **more)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school_claim(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Take the name of a school that is not in the list."""
    application = held(request, code)
    if request.method != "POST" and application.state != "draft":
        return redirect(address("application", application))
    claim = queries.school_claim(application)
    kept = {"name": claim.name, "place": claim.place, "npsn": claim.npsn} if claim else {}
    form = SchoolClaim(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_bound and form.is_valid():
        registration.claim_school(
            application=application, person=request.user, at=request.at, chance=request.chance, **form.cleaned_data
        )
        return redirect(following(request, application, "school"))
    back = address("task", application, task="school")
    return render(request, "applications/school_claim.html", context(request, application, form=form, back=back))
