"""The public page of a division: steps, rules, each run with its drawing, list, reserve and certificate, and its files."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from rantau.allocation import access, queries
from rantau.allocation.queries import public
from rantau.engine import codes
from rantau.programmes.queries import terms

from .drawing import bars
from .sentences import ANSWERS, KINDS, MECHANISMS, PLACES, PROOFS, STATES, TIMELINE
from .words import ruled, titled

PAGE = 100
"""Rows of the list on one page: a phone on a slow network loads them at once."""

FEW = 12
"""Rows that are shown at once; a longer list is folded, so that what stands below it is found."""

FILES = ("instance", "result")


@require_safe
def allocation(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Show a division: what is announced, and the newest published run or the one asked for by `?putaran=`."""
    found = access.get(request.programme, kind)
    told = public.told(found)
    titles, named = titled(told["titles"]), terms(found.intake.version)
    runs = told["runs"]
    wanted = request.GET.get("putaran", "")
    run = next((one for one in runs if str(one["number"]) == wanted), runs[0] if runs else None)
    context = {
        "allocation": found,
        "terms": named,
        "title": KINDS[kind],
        "word": PLACES[kind],
        "state": STATES[_state(found, request)],
        "events": _events(found, runs, request),
        "rules": ruled(told["rules"], titles, named),
        "answers": [(ANSWERS[state], number) for state, number in told["answers"].items()],
        "seated": told["seated"],
        "runs": runs,
        "run": run,
    }
    if run:
        context |= _shown(request, found, run, titles, told["rules"].mechanism)
    return render(request, "allocation/public.html", context)


def _state(found: Any, request: HttpRequest) -> str:
    """Return the state as anybody sees it: what is decided and not published is no news, lists past their day are closed."""
    if found.state == "open" and request.at > found.wishes_until:
        return "closed"
    return "published" if found.state == "decided" and queries.runs(found) else str(found.state)


def _events(found: Any, runs: list[dict[str, Any]], request: HttpRequest) -> list[dict[str, Any]]:
    """Return the steps of a division as a timeline, with the instants that are known."""
    newest = runs[0] if runs else None
    answered = newest is not None and found.answers_until is not None and request.at > found.answers_until
    done = {
        "announced": True,
        "closed": request.at > found.wishes_until,
        "decided": newest is not None,
        "published": newest is not None,
        "answers": answered,
        "settled": found.state == "settled",
    }
    known = {
        "announced": (found.announced_at, None),
        "closed": (None, None) if done["closed"] else (None, found.wishes_until),
        "published": (newest["published_at"] if newest else None, None),
        "answers": (None, None if answered or newest is None else found.answers_until),
    }
    if done["closed"]:
        known["closed"] = (found.wishes_until, None)
    if answered:
        known["answers"] = (found.answers_until, None)
    here = next((step for step in done if not done[step]), "")
    return [
        {
            "title": TIMELINE[step],
            "state": "done" if over else "now" if step == here else "next",
            "at": known.get(step, (None, None))[0],
            "until": known.get(step, (None, None))[1],
        }
        for step, over in done.items()
    ]


def _shown(
    request: HttpRequest, found: Any, run: dict[str, Any], titles: dict[str, str], mechanism: str
) -> dict[str, Any]:
    """Return what one run shows: drawing, cut-offs, list, reserve, certificate, files with their addresses."""
    ranks = queries.ranks(found)
    rows = [
        {"code": code, "rank": ranks.get(code), "place": titles[place] if place else ""} for code, place in run["codes"]
    ]
    number = str(run["number"])
    return {
        "bars": bars(run["places"], titles),
        "places": [
            place
            | {
                "title": titles[place["code"]],
                **_last(place["cutoff"], ranks),
                "reserve": [(code, ranks.get(code)) for code in place["reserve"]],
            }
            for place in run["places"]
        ],
        "unplaced": sum(not row["place"] for row in rows),
        "unfilled": [(titles[code], missing) for code, missing in run["unfilled"].items() if code in titles],
        "certificate": run["certificate"],
        "proof": PROOFS[run["certificate"]["proof"]],
        "used": MECHANISMS[run["mechanism"]],
        "other_rule": run["mechanism"] != mechanism,
        "files": [
            {
                "name": name,
                "save": f"{name}-{found.kind}-{number}.json",
                "sha256": run["files"][name],
                "url": reverse("allocation_file", args=[request.programme.code, found.kind, run["number"], name]),
                "address": _address(request, "allocation_file", found.kind, run["number"], name),
            }
            for name in FILES
        ],
        **_list(request, rows),
    }


def _last(cutoff: dict[str, str | None], ranks: dict[str, int]) -> dict[str, Any]:
    """Return the rank at which a place ends: `last`, None while a seat is free, `shut` where nobody could get in."""
    names = [code for code in cutoff.values() if code is not None]
    return {"last": min((ranks[code] for code in names if code in ranks), default=None), "shut": "" in names}


def _address(request: HttpRequest, name: str, *args: Any) -> str:
    """Return an address to type, the same in every language."""
    with translation.override("id"):
        return request.build_absolute_uri(reverse(name, args=[request.programme.code, *args]))


def _list(request: HttpRequest, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the part of the list that was asked for: a code, or a page of all."""
    typed = request.GET.get("kode", "").strip()
    if typed:
        code = codes.read(typed) or typed.upper()
        return {"typed": typed, "code": code, "rows": [row for row in rows if row["code"] == code]}
    pages = max(-(-len(rows) // PAGE), 1)
    asked = request.GET.get("hal", "1")
    page = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return {
        "rows": rows[(page - 1) * PAGE : page * PAGE],
        "page": page,
        "unfolded": "hal" in request.GET or len(rows) <= FEW,
        "pages": pages,
        "numbers": range(1, pages + 1),
    }


@require_safe
def allocation_file(request: HttpRequest, programme: str, kind: str, number: int, name: str) -> HttpResponse:
    """Return one of a published run's two files byte for byte; it never changes, so anybody may keep it."""
    run = queries.run(access.get(request.programme, kind), number)
    if name not in FILES:
        raise ObjectDoesNotExist
    response = HttpResponse(bytes(getattr(run, name)), content_type="application/json")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def divided(intake: Any, named: Any) -> list[dict[str, Any]]:
    """Return for a programme's announcement how its people are divided: the rule or that it is unpublished, the page.

    Nothing stands here for what is not divided: everybody studies every field, or there is one place of work.
    """
    announced = {found.kind: found for found in access.visible(intake.programme)} if intake else {}
    shown = []
    for kind, rule, places in (
        ("field", named.placing.fields, named.fields),
        ("posting", named.placing.postings, named.postings),
    ):
        if not places or (kind == "field" and named.fields_split.value is False):
            continue
        shown.append(
            {
                "kind": kind,
                "title": KINDS[kind],
                "rule": rule,
                "words": MECHANISMS.get(rule.value or "", ""),
                "allocation": announced.get(kind),
                "state": STATES[announced[kind].state] if kind in announced else None,
            }
        )
    return shown
