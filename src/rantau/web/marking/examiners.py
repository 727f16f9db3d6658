"""The coordinator's pages of the examiners: who judges a session, and how far their marks can be compared."""

from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from rantau.engine.agreement import GOOD, PROVISIONAL
from rantau.engine.exact import nearest
from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.programmes import queries as programmes
from rantau.selection import access
from rantau.selection.actions import examining as actions
from rantau.selection.queries import examiners as queries
from rantau.web.selection.forms import posted
from rantau.web.selection.sentences import OUTCOMES
from rantau.web.ui.values import points

from .forms import ExaminersForm

NOT_ADJUSTED = {
    "few_examiners": _("Nothing is adjusted: fewer than two examiners have locked marks."),
    "disconnected": _(
        "Nothing is adjusted: the examiners do not hang together over shared pieces, so nobody can tell a strict "
        "examiner from weak pieces."
    ),
    "few_pieces": _(
        "Nothing is adjusted: at least one examiner has marked fewer than 15 pieces, too few to tell a strict examiner "
        "from the luck of the pieces."
    ),
}
THIRD = {
    "apart": _("marks too far apart"),
    "gate": _("on both sides of the pass mark"),
    "again": _("the outcome hangs on it"),
}
WAITS = {"pair": _("waits for the pair"), "third": _("waits for the third examiner")}
ALPHA = {
    "good": (_("good: the marks can be relied on"), "good"),
    "provisional": (
        _("for now only: talk about what each mark means before the next session"),
        "part",
    ),
    "low": (_("too low: look at pieces and descriptors together before the list is frozen"), "bad"),
}
NO_FIGURE = {
    "scoring.unpaired": _("no piece has two locked marks yet"),
    "scoring.no_variation": _("all marks are the same"),
    "scoring.incomplete": _("fewer than two pieces were marked by the same examiners"),
}
STATES = {
    "open": (_("nobody was asked yet"), "now"),
    "asked": (_("a third is asked"), "wait"),
    "done": (_("a third has looked"), "good"),
}


@login_required
@require_http_methods(["GET", "POST"])
def session_examiners(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Choose who examines a session, and deal its pieces out to rotating pairs."""
    people.require(request.user, Role.COORDINATOR, scope=programme, at=request.at)
    session = access.sessions(request.user, scope=programme, at=request.at).get(code=code)
    tests = queries.tests(session)
    if not tests:
        raise ObjectDoesNotExist
    able = queries.able(session, at=request.at)
    form = ExaminersForm(posted(request), able=able)
    if not form.is_valid():
        context = {"session": session, "tests": tests, "form": form, "able": able}
        return render(request, "marking/session_examiners.html", context, status=422 if form.is_bound else 200)
    chosen = [who for who, _count in able if who.ref in form.cleaned_data["examiners"]]
    dealt = actions.assign(session=session, examiners=chosen, person=request.user, at=request.at)
    words = ngettext("%(number)s piece is dealt out.", "%(number)s pieces are dealt out.", dealt)
    messages.success(request, words % {"number": dealt})
    return redirect("session_examiners", programme=programme, code=code)


@login_required
@require_http_methods(["GET", "POST"])
def examiners(request: HttpRequest, programme: str) -> HttpResponse:
    """Show raw and adjusted marks side by side, how well the examiners agree, and whom a third looks at again."""
    people.require(request.user, Role.COORDINATOR, scope=programme, at=request.at)
    intake = programmes.intake(request.programme)
    if request.method == "POST":
        if intake is None:
            raise ObjectDoesNotExist
        asked = actions.look_again(intake=intake, person=request.user, at=request.at)
        words = ngettext(
            "A third examiner is asked for %(number)s piece.", "Third examiners are asked for %(number)s pieces.", asked
        )
        messages.success(request, words % {"number": asked})
        return redirect("examiners", programme=programme)
    found = queries.panels(request.user, intake=intake, at=request.at) if intake else []
    again = queries.again(request.user, intake=intake, at=request.at) if intake else []
    context = {
        "panels": [_panel(panel) for panel in found],
        "again": [_again(row) for row in again],
        "open": sum(row.state == "open" for row in again),
    }
    return render(request, "marking/examiners.html", context)


def _panel(panel: queries.Panel) -> dict[str, Any]:
    level = panel.severity
    return {
        "panel": panel,
        "not_adjusted": NOT_ADJUSTED.get(level.why, ""),
        "people": [
            {
                "name": panel.names[who],
                "pieces": n,
                "effect": _signed(level.effects.get(who)),
                "capped": who in level.capped,
            }
            for who, n in sorted(level.pieces.items(), key=lambda pair: panel.names[pair[0]])
        ],
        "alpha": _figure(panel.alpha),
        "two": _figure(panel.two),
        "error": panel.error,
        "gates": {"good": _hundredths(GOOD), "provisional": _hundredths(PROVISIONAL)},
        "rows": [_line(panel, line) for line in panel.lines],
        "thirds": sum(bool(line.why) for line in panel.lines),
    }


def _line(panel: queries.Panel, line: queries.Line) -> dict[str, Any]:
    differs = line.adjusted is not None and line.raw is not None and line.adjusted != line.raw
    return {
        "piece": line.piece,
        "marks": sorted((panel.names[who], value, counts) for who, value, counts in line.marks),
        "raw": line.raw,
        "adjusted": line.adjusted,
        "by": _signed((line.adjusted or 0) - (line.raw or 0)) if differs else "",
        "third": THIRD.get(line.why, ""),
        "waits": WAITS.get(line.waits, ""),
    }


def _figure(figure: queries.Figure) -> dict[str, Any]:
    if figure.value is None:
        return {"value": "", "words": NO_FIGURE[figure.why], "tone": "none"}
    words, tone = ALPHA[figure.said]
    return {"value": _hundredths(figure.value), "words": words, "tone": tone}


def _hundredths(value: Fraction) -> str:
    return points(nearest(100 * value))


def _signed(hundredths: int | None) -> str:
    """Return hundredths with their sign; empty where there is no number."""
    if hundredths is None:
        return ""
    return f"{'+' if hundredths > 0 else '−' if hundredths < 0 else ''}{points(abs(hundredths))}"


def _again(row: queries.Again) -> dict[str, Any]:
    return {
        "piece": row.piece,
        "raw": OUTCOMES[row.raw][0] if row.raw else "",
        "adjusted": OUTCOMES[row.adjusted][0] if row.adjusted else "",
        "state": STATES[row.state],
    }
