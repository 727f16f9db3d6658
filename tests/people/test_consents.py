"""Consents, guardians, roles: given, withdrawn, in force or not."""

import datetime as dt

import pytest

from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access, actions, queries, vault
from rantau.people.models import Consent, Guardian

from .conftest import SCOPE

DAY = dt.timedelta(days=1)


def test_a_consent_is_kept_once_and_withdrawn_once(make, at):
    siti = make()
    given = actions.consent(person=siti, purposes={"selection": "d1", "statistics": "d2"}, scope=SCOPE, at=at)
    assert actions.consent(person=siti, purposes={"selection": "d1"}, scope=SCOPE, at=at + DAY) == given[:1]
    actions.withdraw_consent(person=siti, purpose="selection", scope=SCOPE, at=at + DAY)
    assert queries.consents(siti, scope=SCOPE) == {"statistics": given[1]}
    assert [(c.purpose, c.withdrawn_at) for c in queries.account(siti, at=at).consents] == [
        ("statistics", None),
        ("selection", at + DAY),
    ]


def test_what_is_not_in_force_cannot_be_withdrawn(make, at):
    siti, budi = make(), make()
    actions.consent(person=siti, purposes={"selection": "d1"}, scope=SCOPE, at=at)
    for person, purpose, scope in (
        (budi, "selection", SCOPE),
        (siti, "statistics", SCOPE),
        (siti, "selection", "lain"),
    ):
        with pytest.raises(Refusal) as refusal:
            actions.withdraw_consent(person=person, purpose=purpose, scope=scope, at=at)
        assert refusal.value.code == "consent.none"
    assert Consent.objects.get().withdrawn_at is None


def test_a_withdrawn_consent_can_be_given_again(make, at):
    siti = make()
    actions.consent(person=siti, purposes={"selection": "d1"}, scope=SCOPE, at=at)
    actions.withdraw_consent(person=siti, purpose="selection", scope=SCOPE, at=at)
    actions.consent(person=siti, purposes={"selection": "d1"}, scope=SCOPE, at=at + DAY)
    assert queries.consents(siti, scope=SCOPE)["selection"].given_at == at + DAY
    assert Consent.objects.count() == 2


def test_a_guardian_agrees_once_and_their_name_is_sealed(make, at, chance):
    siti = make(name="Siti Aminah")
    secret = actions.ask_guardian(person=siti, at=at, chance=chance)
    assert queries.guardian_of(secret) == siti
    assert Guardian.objects.get().secret != secret
    agreed = actions.guardian_agrees(person=siti, name="Aminah binti Usman", relation="mother", at=at, chance=chance)
    assert b"Aminah" not in bytes(agreed.name)
    assert vault.unseal_text(siti, "guardian", agreed.name) == "Aminah binti Usman"
    with pytest.raises(Refusal) as refusal:
        actions.guardian_agrees(person=siti, name="Orang lain", relation="father", at=at + DAY, chance=chance)
    assert refusal.value.code == "guardian.agreed"
    assert (Guardian.objects.get().relation, Guardian.objects.get().agreed_at) == ("mother", at)


def test_asking_again_replaces_the_link(make, at, chance):
    siti = make()
    old = actions.ask_guardian(person=siti, at=at, chance=chance)
    new = actions.ask_guardian(person=siti, at=at, chance=chance)
    assert queries.guardian_of(new) == siti
    for secret in (old, "", "x"):
        with pytest.raises(siti.DoesNotExist):
            queries.guardian_of(secret)


def test_a_role_holds_on_its_programme_between_its_instants(make, at):
    officer = make()
    actions.grant(to=officer, role=Role.VERIFIER, scope=SCOPE, at=at, person=officer, until_at=at + DAY)
    actions.grant(to=officer, role=Role.AUDITOR, scope="*", at=at + DAY, person=officer)
    assert access.roles(officer, scope=SCOPE, at=at) == {Role.VERIFIER}
    assert access.roles(officer, scope="lain", at=at) == frozenset()
    assert access.roles(officer, scope="lain", at=at + DAY) == {Role.AUDITOR}
    assert access.roles(officer, scope=SCOPE, at=at - DAY) == frozenset()
    assert [g.role for g in queries.account(officer, at=at + DAY).grants] == ["auditor"]
