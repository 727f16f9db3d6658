"""The last stretch in the third programme of the access matrix: one abroad who goes home, one asked for, one missing."""

from typing import Any

from rantau.departure.actions import beginning, groups, homeward, kin, visas
from rantau.departure.models import Clearance, Paper
from rantau.people import vault
from rantau.people.models import Person
from tests.selection.build import DAY, World

TABLE = """
own_leaving             | D | code=placed                             | >.o. .. ..... .. .... .. | x
own_arrived             | D | code=placed                             | >.o. .. ..... .. .... .. | >.R. .. ..... .. .... ..
own_visa                | D | code=placed                             | x                        | >.!. .. ..... .. .... ..
own_withdraw            | D | code=placed                             | >... .. ..... .. .... .. | >.!. .. ..... .. .... ..
own_homeward            | D | code=placed                             | >.o. .. ..... .. .... .. | >.!. .. ..... .. .... ..
own_homeward_step       | D | code=placed step=stay                   | x                        | >.R. .. ..... .. .... ..
own_pack                | D | code=placed language=id                 | >.o. .. ..... .. .... .. | x
desk_pack               | D | code=way_placed language=id             | >--- -- ---o- -- -o-- -- | x
leaving_desk            | D |                                         | >--- -- ---o- -- ---- -- | x
leaving_person          | D | code=way_placed                         | >--- -- ---o- -- ---- -- | x
leaving_step            | D | code=way_placed step=clear              | x                        | >--- -- ---!- -- ---- --
leaving_step#refuse     | D | code=way_waiting step=refuse            | x                        | >--- -- ---v- -- ---- --
group_plan              | D |                                         | >--- -- ---o- -- ---- -- | >--- -- ---v- -- ---- --
group                   | D | code=group                              | >--- -- ---o- -- ---- -- | x
group_change            | D | code=group                              | >--- -- ---o- -- ---- -- | >--- -- ---v- -- ---- --
group_people            | D | code=group                              | x                        | >--- -- ---v- -- ---- --
group_step              | D | code=group step=announce                | x                        | >--- -- ---R- -- ---- --
visa_desk               | D |                                         | >--- -- ---o- -- ---- -- | x
visa_ask                | D |                                         | x                        | >--- -- ---v- -- ---- --
visa_list               | D |                                         | >--- -- ----- -- o--- -- | x
visa_answer             | D |                                         | x                        | >--- -- ---v- -- v--- --
visa_take_back          | D | ref=visa                                | x                        | >--- -- ---R- -- ---- --
arrivals                | D |                                         | >--- -- ---o- -- -o-o -- | x
arrivals_report         | D |                                         | x                        | >--- -- ----- -- -v-- --
arrival_kin             | D | code=way_last                           | x                        | >--- -- ----- -- -O-O --
homewards               | D |                                         | >--- -- ---o- -- -o-o -- | x
homeward_open           | D | code=way_last                           | >--- -- ---o- -- -o-o -- | >--- -- ---v- -- -v-v --
homeward                | D | code=homeward                           | >--- -- ---o- -- -o-o -- | x
homeward_step           | D | code=homeward step=stay                 | x                        | >--- -- ---R- -- -R-R --
exchange                | D |                                         | >--- -- ---o- -- ---- o- | >--- -- ---v- -- ---- v-
exchange_in             | D |                                         | x                        | >--- -- ---v- -- ---- v-
"""
"""Every address of the last stretch, as in `matrix_table`."""

SHOWN = {"visa_list": "waiting.name waiting.first waiting.way", "visa_answer": "waiting.name waiting.first waiting.way"}
"""What the embassy of the host country is shown: the name and code of whom a visa was asked for, and of nobody else."""

SECRETS = {"note": "Catatan pulang yang rahasia", "kin": "Ibunda Rahasiawati", "living": "Ulitsa Zapretnaya 7"}
MAY = {"home": "name first way note kin living", "protector": "name first way note kin living", "coordinator": "way"}
"""Which classes a role may read beside those of `matrix_requests.MAY`."""


def played(w: World, staff: dict[str, Person]) -> tuple[dict[str, str], dict[str, str]]:
    """Return references and texts by class: one lives abroad and goes home, one waits for a visa, one is missing."""
    beginning.due(intake=w.intake, at=w.at)
    ways = {name: Clearance.objects.get(application=application) for name, application in w.people.items()}
    boss, embassy = staff["coordinator"], {"person": staff["home"], "at": w.at, "chance": w.chance}
    later = {
        "departs_at": w.at + 30 * DAY,
        "arrives_at": w.at + 31 * DAY,
        "route": "Jakarta – Moskow",
        "met_by": "KBRI",
    }
    group = groups.plan(intake=w.intake, person=boss, at=w.at, chance=w.chance, **later)
    groups.put(group=group, clearances=[ways["calm"]], person=boss, at=w.at)
    Paper.objects.filter(clearance=ways["waiting"], kind="passport").update(state="seen")
    ways["waiting"].refresh_from_db()
    person = w.people["waiting"].person
    visas.permit(clearance=ways["waiting"], person=person, at=w.at, text="digest")
    (visa,) = visas.ask_for(clearances=[ways["waiting"]], person=boss, at=w.at, chance=w.chance)
    _abroad(w, ways)
    home = homeward.open_way(clearance=ways["placed"], reason="illness", note=SECRETS["note"], **embassy)
    refs = {f"way_{name}": way.code for name, way in ways.items()}
    return refs | {"group": group.code, "visa": visa.ref, "homeward": home.code}, SECRETS


def _abroad(w: World, ways: dict[str, Clearance]) -> None:
    """Write that two left and one of them arrived; leaving has tests of its own."""
    left = {"departed_at": w.at - 5 * DAY, "arrive_by": w.at - 3 * DAY}
    owner = w.people["placed"].person
    lives = vault.seal_text(owner, "arrival_address", SECRETS["living"], chance=w.chance)
    Clearance.objects.filter(pk=ways["last"].pk).update(state="departed", **left)
    Clearance.objects.filter(pk=ways["placed"].pk).update(
        state="arrived", arrived_at=w.at - 4 * DAY, arrived_by="owner", address=lives, **left
    )
    for name in ("placed", "last"):
        ways[name].refresh_from_db()
        said = {"called": SECRETS["kin"], "phone": "+6281200007777", "of": ("arrival", "illness"), "wording": "0" * 64}
        kin.name(clearance=ways[name], person=w.people[name].person, at=w.at, chance=w.chance, **said)


def noted(w: Any, story: World) -> None:
    """Add those who leave to the matrix, with every text that not everybody may read."""
    refs, texts = played(story, w.staff[story.scope])
    w.refs |= refs
    for name in story.people:
        w.marks(name, "way", refs[f"way_{name}"])
    for kind, said in texts.items():
        w.marks("placed", kind, said)
