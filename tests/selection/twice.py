"""The small programme with its practical test judged by two examiners in rotating pairs, and pieces dealt and judged."""

import datetime as dt
from collections import defaultdict

from rantau.engine.chance import Chance
from rantau.selection.actions import examining
from rantau.selection.models import Duty, Sitting
from tests.selection import build

RULE = 'value = { criteria = [], tolerance = 1000, anchors = 0, severity_ratio = 144, decides = "raw" }'
ALL = ("examiner", "colleague", "third")


def twice(at: dt.datetime, chance: Chance, *applicants: str, anchors: int = 0, decides: str = "raw") -> build.World:
    """Return the world in which two judge the practical test; marks more than 10 points apart go to a third."""
    return build.world(at, chance, *applicants, text=programme(anchors=anchors, decides=decides))


def programme(*, anchors: int = 0, decides: str = "raw") -> str:
    """Return the small programme with its practical test judged by two."""
    text = build.small_programme()
    assert text.count(RULE) == 1
    rule = RULE.replace("[]", '["care_test"]').replace("anchors = 0", f"anchors = {anchors}")
    return text.replace(RULE, rule.replace('"raw"', f'"{decides}"'))


def dealt(w: build.World, sitting: Sitting, *names: str) -> None:
    """Deal a session's pieces to its examiners."""
    examiners = [w.staff[name] for name in names or ALL]
    examining.assign(session=sitting.session, examiners=examiners, person=w.coordinator, at=w.at)


def duty(w: build.World, sitting: Sitting | None = None) -> dict[str, list[str]]:
    """Return who has which part, by name, of one piece or of the only one."""
    names = {person.pk: name for name, person in w.staff.items()}
    found: dict[str, list[str]] = defaultdict(list)
    for one in Duty.objects.filter(**({"sitting": sitting} if sitting else {})):
        found[one.part].append(names[one.examiner_id])
    return {part: sorted(who) for part, who in found.items()}


def judged(w: build.World, *examiners: str, **values: tuple[int, int]) -> dict[str, Sitting]:
    """Test everybody: the pair's marks (hundredths) by name in the order of examiners' names, two points in the interview."""
    sittings = build.sat(w)
    dealt(w, next(iter(sittings.values())), *examiners)
    for name, two in values.items():
        for who, value in zip(duty(w, sittings[name])["pair"], two, strict=True):
            build.mark(w, sittings[name], "care_test", value, who)
        build.mark(w, sittings[name], "employer_interview", 200)
    return sittings
