"""What a person is: the roles their grants give them on a programme at an instant."""

import datetime as dt

from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal

from .models import Grant, Organisation, Person


def grants(person: Person, *, scope: str, at: dt.datetime) -> list[Grant]:
    """Return the person's grants in force on a programme (anonymous persons have none)."""
    if not person.is_authenticated:
        return []
    return [g for g in person.grants.all().select_related("organisation") if g.holds(scope=scope, at=at)]


def roles(person: Person, *, scope: str, at: dt.datetime) -> frozenset[Role]:
    """Return the roles a person holds on a programme; the system person holds `system` everywhere."""
    held = {Role(g.role) for g in grants(person, scope=scope, at=at)}
    if person.is_authenticated and person.is_system:
        held.add(Role.SYSTEM)
    return frozenset(held)


def require(person: Person, *wanted: Role, scope: str, at: dt.datetime) -> frozenset[Role]:
    """Return the person's roles if one of the wanted is among them.

    :raises Refusal: `role.missing`
    """
    held = roles(person, scope=scope, at=at)
    if not held & set(wanted):
        raise Refusal("role.missing", roles=sorted(role.value for role in wanted))
    return held


def organisations(person: Person, role: Role, *, scope: str, at: dt.datetime) -> list[Organisation]:
    """Return the organisations for which the person holds a role."""
    held = grants(person, scope=scope, at=at)
    return [g.organisation for g in held if g.role == role and g.organisation is not None]
