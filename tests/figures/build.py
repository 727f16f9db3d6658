"""Milestones for the invented programme, and its final result published."""

import datetime as dt

from rantau.engine.chance import Chance
from tests.selection import build

MILESTONES = """
[[milestones]]
code = "recruitment"
owner = "dinas-contoh"
by = "intake"
announced = "recruitment"
days = { value = 0, assumed = true, model = "rekaan" }
title.id = "Pendaftaran dibuka"
why.id = "Rekaan."

[[milestones]]
code = "selection"
owner = "dinas-contoh"
by = "selection"
after = ["recruitment"]
days = { value = 40, assumed = true, model = "rekaan" }
title.id = "Hasil akhir diumumkan"
why.id = "Rekaan."

[[milestones]]
code = "visas"
owner = "perwakilan-contoh"
by = "hand"
after = ["selection"]
days = { value = 10, assumed = true, model = "rekaan" }
title.id = "Visa terbit"
why.id = "Rekaan."

[[milestones]]
code = "departure"
owner = "dinas-contoh"
by = "departure"
announced = "departure"
after = ["visas"]
days = { value = 10, assumed = true, model = "rekaan" }
title.id = "Keberangkatan"
why.id = "Rekaan."
"""


def world(at: dt.datetime, chance: Chance, *applicants: str) -> build.World:
    """Return a closed intake of the invented programme with milestones."""
    return build.world(at, chance, *applicants, text=build.small_programme() + MILESTONES)


def published(at: dt.datetime, chance: Chance) -> build.World:
    """Return the same with two people ranked and the final result published."""
    w = world(at, chance, "ani", "budi")
    build.examined(w, ani=8000, budi=7000)
    build.provisional(w)
    build.final(w)
    return w
