"""What a person might type at each unpublished path of the announcement, by kind and, where that is not enough, by path."""

from rantau.engine.programme import Programme
from rantau.engine.programme_shapes import Shape, shape_at

TYPED = {
    "yes_no": {"": "yes"},
    "hundredths": {"": "75.5"},
    "day": {"": "2026-09-15"},
    "month": {"": "2026-09"},
    "words": {"": "Krasnoyarsk"},
    "text": {"id": "Teks", "en": "", "ru": "Текст"},
    "money": {"amount": "90 000", "currency": "rub"},
    "amounts": {"": "60000 RUB\n70000,50 RUB"},
    "codes": {"": "practical, written"},
}
AT = {
    "eligibility.min_age": "18",
    "eligibility.max_age": "22",
    "eligibility.graduated_from": "2024",
    "eligibility.graduated_to": "2026",
    "placing.postings": "exact",
    **dict.fromkeys(
        (f"fields.{code}.seats" for code in ("construction", "machinery", "materials", "transport", "power")), "10"
    ),
    "selection.tie_break": "interview",
    "employer_stage": 'criteria = ["interview"]',
    "eligibility.majors": '[[value]]\ncode = "welding"\ntitle.id = "Las"\n',
    "selection.criteria": '[[value]]\ncode = "interview"\nkind = "interview"\nmaximum = 100\nweight = 100\n'
    'title = { id = "Wawancara" }\ndescriptors = [{ id = "0" }, { id = "1" }]\n',
    "selection.marking": 'criteria = []\ntolerance = 1000\nanchors = 6\nseverity_ratio = 144\ndecides = "raw"',
    "placing.least": '[[value]]\ncode = "russia"\nseats = 25\n',
    "placing.needs": "value = []",
}


def given(shape: Shape) -> dict[str, str]:
    """Return something sensible to type."""
    if shape.path in AT:
        return {"": AT[shape.path]}
    if shape.kind == "choice":
        return {"": shape.options[0]}
    return {"": str(max(shape.least or 0, 1))} if shape.kind == "number" else TYPED[shape.kind]


def given_at(programme: Programme, path: str) -> dict[str, str]:
    """Return something sensible to type at a path."""
    return given(shape_at(programme, path))
