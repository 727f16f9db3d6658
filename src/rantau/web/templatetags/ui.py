"""Tags and filters that every template has: values in words, accessible fields, and the drawn parts."""

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    MultiWidget,
    RadioSelect,
)
from django.forms.utils import flatatt
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rantau.documents import checks
from rantau.web.people import devices
from rantau.web.sentences import REFUSALS
from rantau.web.ui import drawing, values

register = template.Library()

TONES = ("good", "part", "bad", "wait", "none", "now")


# --- values in words -------------------------------------------------------------------------------------------------
@register.filter
def when(at: dt.datetime | None) -> str:
    """Return an instant as weekday, date and time in WIB."""
    return values.instant(at) if at else ""


@register.filter
def when_local(at: dt.datetime | None, zone: str) -> str:
    """Return an instant as weekday, date and time in a zone such as `Europe/Moscow`, named."""
    return values.instant(at, zone) if at else ""


@register.filter
def day(on: dt.date | None) -> str:
    """Return a date, or the date of an instant in WIB, with its weekday."""
    if isinstance(on, dt.datetime):
        on = on.astimezone(values.ZoneInfo(values.HOME)).date()
    return values.weekday(on) if on else ""


@register.filter
def short_day(on: dt.date | None) -> str:
    """Return a date without its weekday."""
    if isinstance(on, dt.datetime):
        on = on.astimezone(values.ZoneInfo(values.HOME)).date()
    return values.plain_day(on) if on else ""


@register.filter
def points(hundredths: int | None) -> str:
    """Return hundredths as a score with two decimals; its maximum belongs beside it (see `figure`)."""
    return "" if hundredths is None else values.points(hundredths)


@register.filter
def money(value: Any, currency: str = "") -> str:
    """Return an engine amount, or minor units with the currency as argument."""
    return values.minor(value, currency) if currency else values.spoken(value)


@register.filter
def code(value: str) -> SafeString:
    """Return a code in groups that can be read aloud, in letters that cannot be confused."""
    return format_html('<span class="code" translate="no">{}</span>', values.grouped(value))


@register.filter
def text(value: Any) -> SafeString | str:
    """Return a programme's text in the reader's language; a text that exists only in Indonesian says so to machines."""
    shown, language = values.text(value)
    return (
        shown if language == (get_language() or "id")[:2] else format_html('<span lang="{}">{}</span>', language, shown)
    )


@register.filter
def spoken(value: Any) -> str:
    """Return any value of a programme as people read it."""
    return values.spoken(value)


@register.filter
def month(on: dt.date | None) -> str:
    """Return a date as its month and year."""
    return values.month(f"{on:%Y-%m}") if on else ""


@register.filter
def cited(source_: str) -> str:
    """Return a rule's source without the numbers of the list of sources."""
    return re.sub(r" \[\d+\]", "", source_)


# --- parts -------------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def again(context: template.Context, name: str) -> str:
    """Render a block of this page a second time: the title is also the heading."""
    return context.render_context[BLOCK_CONTEXT_KEY].get_block(name).render(context)


@register.simple_tag
def status(words: str, tone: str = "wait") -> SafeString:
    """Return a status as words with a sign; `tone` is good, part, bad, wait, none or now."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"{tone!r} is no tone; it may be {', '.join(TONES)}")
    return format_html('<span class="status status-{}">{}</span>', tone, words)


@register.inclusion_tag("ui/fact.html", takes_context=True)
def fact(
    context: template.Context, value: Any, unit: str = "", style: str = "", sources: bool = True
) -> dict[str, Any]:
    """Show a programme's fact as what it is: published, contested, assumed, or not announced with who owes it.

    The page's context holds the programme's typed value as `terms`: it names sources and offices. `style` is `points`
    for hundredths and `plain` for years; without `sources` only the value and its mark are shown.
    """
    show = {"points": values.points, "plain": str}.get(style, values.spoken)
    terms = context["terms"]
    known = {source.key: source for source in terms.sources}
    offices = {office.code: office for office in terms.offices}
    versions = value.versions if value.status == "contested" else (value,)
    return {
        "status": value.status,
        "unit": unit,
        "office": offices.get(getattr(value, "owes", "")) if sources else None,
        "model": getattr(value, "model", "") if sources else "",
        "versions": [
            {
                "shown": show(version.value),
                "on": getattr(version, "on", None),
                "sources": [known[key] for key in getattr(version, "sources", ())] if sources else [],
            }
            for version in versions
            if value.status != "unpublished"
        ],
    }


@register.simple_tag
def source(origin: Any) -> SafeString:
    """Link to where something is written: the host is shown, the page's title is the link's title."""
    host = (urlsplit(origin.address).hostname or "").removeprefix("www.").removeprefix("m.")
    if not host:
        return format_html("<cite>{}</cite>", origin.title)
    link = '<a href="{}" rel="noopener nofollow external" title="{}">{}</a>'
    return format_html(link, origin.address, origin.title, host)


@register.inclusion_tag("ui/figure.html")
def figure(
    value: Any, maximum: Any = None, unit: str = "", on: dt.date | None = None, source: str = ""
) -> dict[str, Any]:
    """Show a number with its maximum, unit, date and source, never without."""
    return {"value": value, "maximum": maximum, "unit": unit, "on": on, "source": source}


@register.inclusion_tag("ui/progress.html")
def progress(done: int, total: int, label: str) -> dict[str, Any]:
    """Show how much of a whole is done, in words and as a bar."""
    return {"done": done, "total": total, "label": label}


@register.inclusion_tag("ui/tasks.html")
def tasks(items: Any) -> dict[str, Any]:
    """Show a task list: items with `label`, `words`, `tone`, and `url` and `hint` where there are."""
    return {"items": items}


@register.inclusion_tag("ui/timeline.html")
def timeline(events: Any) -> dict[str, Any]:
    """Show what happened, what is next and by when: events with `title`, `state` (done, now, next), `at`, `until`,
    `text`, `url` where there are."""
    return {"events": events}


@register.inclusion_tag("ui/summary.html")
def summary(rows: Any) -> dict[str, Any]:
    """Show answers for checking: rows with `label`, `value`, and `url` where the answer can be changed."""
    return {"rows": rows}


@register.inclusion_tag("ui/funnel.html")
def funnel(rows: Any) -> dict[str, Any]:
    """Draw how many are left at each stage: rows of label and number, the first the whole."""
    rows = list(rows)
    whole = max((number for _, number in rows), default=0) or 1
    return {"rows": [{"label": label, "number": number, "width": _share(number, whole)} for label, number in rows]}


@register.inclusion_tag("ui/journey.html")
def journey(stages: Any, on: dt.date, key: str = "journey", heading: str = "") -> dict[str, Any]:
    """Draw the journey line of `figures.queries.Stage`s: promised above, real below, and where we are."""
    return {"line": drawing.drawn(stages, key=key, on=on), "heading": heading}


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%"


# --- forms -------------------------------------------------------------------------------------------------------------
@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Render a bound field: label or legend, hint, error, control, all tied together for screen readers."""
    widget = bound.field.widget
    kind = "one"
    for name, classes in (
        ("choices", (RadioSelect, CheckboxSelectMultiple)),
        ("parts", MultiWidget),
        ("file", FileInput),
    ):
        if isinstance(widget, classes):
            kind = name
    if isinstance(widget, CheckboxInput):
        kind = "tick"
    return {"field": bound, "kind": kind, "parts": _parts(bound) if kind == "parts" else []}


@register.inclusion_tag("ui/upload.html", takes_context=True)
def upload(context: template.Context, bound: BoundField) -> dict[str, Any]:
    """Render a `SentField` that `upload.js` makes resumable: put that script once at the end of the page.

    What is unfinished is remembered on a phone that its reader called their own, and on no other.
    """
    known = {"dark": checks.DARK, "bright": checks.BRIGHT, "ink": checks.INK, "sharp": checks.SHARP}
    return {
        "field": bound,
        "limits": {**known, "measured": checks.MEASURED},
        "own": context["request"].session.get("device") == devices.OWN,
        "doubts": {name: REFUSALS[f"file.{name}"] for name in ("dark", "bright", "blurred")},
    }


def _parts(bound: BoundField) -> list[dict[str, Any]]:
    """Return the labels and controls of a field of several inputs, such as a date."""
    attrs = bound.build_widget_attrs({"id": bound.auto_id})
    rows = bound.field.widget.get_context(bound.html_name, bound.value(), attrs)["widget"]["subwidgets"]
    labels = getattr(bound.field.widget, "labels", [""] * len(rows))
    return [
        {
            "id": row["attrs"]["id"],
            "label": label,
            "control": format_html(
                '<input type="{}" name="{}" value="{}"{}>',
                row["type"],
                row["name"],
                "" if row["value"] is None else row["value"],
                flatatt(row["attrs"]),
            ),
        }
        for row, label in zip(rows, labels, strict=True)
    ]


@register.inclusion_tag("ui/errors.html")
def error_summary(form: BaseForm | None) -> dict[str, Any]:
    """Name every error of a form at the top of the page, each with a link to its field."""
    if form is None or not form.is_bound or not form.errors:
        return {"errors": []}
    found = [{"text": message, "at": ""} for message in form.non_field_errors()]
    for bound in form.visible_fields():
        at = _first_control(bound)
        found += [{"text": message, "at": at} for message in bound.errors]
    return {"errors": found}


def _first_control(bound: BoundField) -> str:
    widget = bound.field.widget
    several = isinstance(widget, RadioSelect | CheckboxSelectMultiple | MultiWidget)
    return f"{bound.auto_id}_0" if several else bound.auto_id
