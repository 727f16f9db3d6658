"""What stands in a departure pack: terms as published, one's own days, contacts, rights with their source, the card."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from rantau.departure import queries
from rantau.departure.queries import visas
from rantau.paper.pack import Card, Line, Pack, Section
from rantau.programmes.queries import day
from rantau.web.questions.sentences import CHOICES, PLACES
from rantau.web.ui.values import grouped, instant, plain_day, spoken, text

LANGUAGES = ("id", "ru", "en")
TERMS = (
    "contract.occupation",
    "contract.years",
    "contract.employer",
    "contract.site",
    "contract.leaving_early",
    "pay.stipend",
    "pay.base",
    "pay.ceiling",
    "pay.at_grade",
    "pay.gross_or_net",
)
"""The terms that a person asks about first, by their path in the programme."""
RUSSIA = "RU"
LINES = ("0800-1000", "+62 21 29244800")
"""The ministry's complaint lines: the first is free in Indonesia, the second can be called from abroad."""


def packed(clearance: Any, *, language: str, at: Any) -> Pack:
    """Return somebody's pack in a language, as things stand at an instant."""
    with translation.override(language):
        terms = queries.terms(clearance)
        person, programme = clearance.application.person, clearance.application.intake.programme
        return Pack(
            language=language,
            title=_("Departure pack"),
            subtitle=text(terms.title)[0],
            name=person.name,
            code=grouped(clearance.code),
            on=day(at),
            sections=(
                _timeline(clearance),
                _contacts(clearance),
                _first(terms),
                _terms(terms),
                _rights(terms),
                _home(terms),
            ),
            card=_card(clearance),
            rehearsal=programme.rehearsal,
            official=bool(settings.PUBLISHER),
        )


def _said(value: Any, names: Mapping[str, str]) -> str:
    """Return a value as people read it; codes of offices and choices by their name."""
    return str(names.get(value, CHOICES.get(value, "")) or value) if isinstance(value, str) else spoken(value)


def _fact(label: Any, fact: Any, names: Mapping[str, str] = MappingProxyType({})) -> Line:
    if fact.status == "unpublished":
        return Line(label=str(label), value=_("not announced yet"), open=True)
    if fact.status == "contested":
        return Line(label=str(label), value=" / ".join(_said(one.value, names) for one in fact.versions))
    mark = f" ({_('assumed')})" if fact.status == "assumed" else ""
    return Line(label=str(label), value=f"{_said(fact.value, names)}{mark}")


def _terms(terms: Any) -> Section:
    rows = []
    for path in TERMS:
        part, name = path.split(".")
        rows.append(_fact(PLACES[path], getattr(getattr(terms, part), name)))
    rows += [_fact(_("%(title)s: months") % {"title": text(one.title)[0]}, one.months) for one in terms.phases]
    words = _(
        "What is announced, and what is not. Whatever is not announced here nobody may take for granted, or ask of you."
    )
    return Section(title=_("The terms"), text=(words,), rows=tuple(rows))


def _timeline(clearance: Any) -> Section:
    group, visa = queries.travelling(clearance), visas.newest(clearance)
    unknown = _("not announced yet")
    group = group if group and group.state != "planned" else None

    def line(label: str, value: str) -> Line:
        return Line(label=label, value=value or unknown, open=not value)

    rows = [
        line(_("Departure"), instant(group.departs_at) if group else ""),
        line(_("Where to gather"), group.gather if group else ""),
        line(_("Way"), group.route if group else ""),
        line(_("Arrival"), instant(group.arrives_at) if group else ""),
    ]
    if visa and visa.valid_until:
        days = {"start": plain_day(visa.valid_from), "end": plain_day(visa.valid_until)}
        rows.append(line(_("Visa"), _("from %(start)s to %(end)s") % days))
    titles = {one.code: text(one.title)[0] for one in queries.terms(clearance).documents}
    asked = [one for one in queries.papers(clearance) if one.state == "asked" and one.due_at]
    rows += [line(titles[one.kind], _("until %(day)s") % {"day": plain_day(day(one.due_at))}) for one in asked]
    return Section(title=_("Your days"), rows=tuple(rows))


def _contacts(clearance: Any) -> Section:
    group, terms = queries.travelling(clearance), queries.terms(clearance)
    met = f"{group.met_by} {group.met_phone}".strip() if group and group.state != "planned" else ""
    home = [text(one.name)[0] for one in terms.offices if one.kind == "home_mission"]
    rows = [Line(label=_("Who meets you"), value=met or _("not announced yet"), open=not met)]
    rows += [
        Line(
            label=name,
            value=_(
                "They protect you abroad. Report your presence there: peduliwni.kemlu.go.id. Always carry your passport."
            ),
            source=_("advice of the Embassy of Indonesia in Moscow, 26 June 2023"),
        )
        for name in home
    ]
    rows.append(
        Line(
            label=_("Complaints to the ministry"),
            value=_("%(free)s (free in Indonesia), %(abroad)s") % {"free": LINES[0], "abroad": LINES[1]},
            source=_(
                "as printed in reports on the ministry's complaint service; not confirmed with the office. "
                "Your family may call too."
            ),
        )
    )
    return Section(title=_("Whom to call"), rows=tuple(rows))


def _first(terms: Any) -> Section:
    rows = [
        Line(label=text(one.title)[0], value=_when(one), source=text(one.basis)[0])
        for one in terms.documents
        if one.due.event in ("arrival", "visa_end") and one.phase == "student"
    ]
    points = [
        _(
            "Report your arrival on your page, or ask the Embassy of Indonesia to do it: a day later we begin to look for you."
        ),
        _("Keep passport and visa yourself. Hand them in only to be registered, and ask when they come back."),
    ]
    if terms.host_country == RUSSIA:
        points += [
            _("The migration card must name study as the purpose of your journey. Keep it with the passport."),
            _(
                "Do not work beside the preparatory year: universities name a fine, expulsion and a ban on entry for it."
            ),
        ]
    return Section(title=_("The first 24 hours and 90 days"), rows=tuple(rows), points=tuple(points))


def _when(rule: Any) -> str:
    amount = rule.due.amount
    if amount is None:
        return _("not announced yet")
    if rule.due.event == "visa_end":
        return _("%(number)s days before the visa ends") % {"number": amount}
    if rule.due.unit == "hours":
        return _("within %(number)s hours after the arrival") % {"number": amount}
    return _("within %(number)s days after the arrival") % {"number": amount}


def _rights(terms: Any) -> Section:
    rows = [
        (
            _("Your passport is yours"),
            _("No employer, school or agent may keep it."),
            "Dhaka Principles; ASEAN Consensus 2017",
        ),
        (
            _("You pay nothing for being placed"),
            _("No fee and no related cost, directly or indirectly."),
            "ILO; UU 18/2017 art. 30",
        ),
        (
            _("You understand what you sign"),
            _("Terms in a language you understand, and a copy that you keep."),
            "Dhaka Principles",
        ),
        (_("You may leave"), _("You move freely and may come home. No threat, no debt, no locked door."), "ILO; IRIS"),
        (
            _("You may complain"),
            _("To your embassy, to the ministry, to a court, without being punished for it."),
            "Dhaka Principles",
        ),
        (_("Your data are yours"), _("You may read them, have them corrected, and take a consent back."), "UU 27/2022"),
    ]
    if terms.host_country == RUSSIA:
        rows.append(
            (
                _("Pay is regular and direct"),
                _("Once you work: at least every half month, with a written pay slip."),
                "TK RF art. 136",
            )
        )
    return Section(
        title=_("Your rights"),
        rows=tuple(Line(label=label, value=value, source=source) for label, value, source in rows),
    )


def _home(terms: Any) -> Section:
    offices = {one.code: text(one.name)[0] for one in terms.offices}
    rows = (
        _fact(_("Who pays the way home"), terms.departing.return_payer, offices),
        _fact(PLACES["contract.leaving_early"], terms.contract.leaving_early),
    )
    words = _(
        "You may come home at any time: one tap on your page, without saying why. What nobody has said is no debt of yours."
    )
    return Section(title=_("Coming home"), text=(words,), rows=rows)


def _plea(country: str) -> str:
    """Return what a stranger who finds the card reads, also in the language of the country."""
    words = [_("I am a citizen of Indonesia. Please call the Embassy of Indonesia.")]
    if country == RUSSIA:
        with translation.override("ru"):
            words.append(_("I am a citizen of Indonesia. Please call the Embassy of Indonesia."))
    return " ".join(dict.fromkeys(words))


def _card(clearance: Any) -> Card:
    group = queries.travelling(clearance)
    met = f"{group.met_by} {group.met_phone}".strip() if group and group.state != "planned" else ""
    return Card(
        title=_("Emergency card"),
        name=clearance.application.person.name,
        rows=(
            Line(label=_("Who meets me"), value=met),
            Line(label=_("Embassy of Indonesia, number"), value=""),
            Line(label=_("Ministry in Jakarta"), value=LINES[1]),
        ),
        words=_plea(queries.terms(clearance).host_country),
        address=f"{settings.SITE}{reverse('safety')}",
        qr=_("QR code of the public page with help"),
        cut=_(
            "Cut it out and keep it in your purse. Write the embassy's number on it yourself; it is in no source we have."
        ),
    )
