"""Print everybody in the configured database, with what is sealed, as JSON: what must appear nowhere else."""

import json
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    people = import_module("rantau.people.queries")
    persons = import_module("rantau.people.models").Person.objects.filter(is_system=False).select_related("key")
    rows = []
    for person in persons:
        identity = people.identity(person).plain()
        plain = {field: getattr(person, field) for field in ("ref", "name", "phone", "email", "rehearsal")}
        rows.append({**plain, **identity})
    print(json.dumps(rows))
