"""The files of the exchange: digits stay text, nothing in them runs, a wrong row is named with how to mend it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from rantau.departure.models import Outside, Transfer
from rantau.people import actions as people
from rantau.people.models import Person
from tests.departure import build, leaving

pytestmark = pytest.mark.django_db
NIK = "3205010101057701"


def test_a_file_out_and_its_answer_back(at, chance, visit):
    w = build.world(at, chance)
    leaving.cleared(w, "ani")
    person = build.way(w, "ani").application.person
    people.keep_identity(person=person, nik=NIK, chance=w.chance)
    Person.objects.filter(pk=person.pk).update(name='=HYPERLINK("http://jahat")')
    assert visit(w.coordinator, "exchange", w.scope, post=True, data={"purpose": "", "form": "csv"}).status_code == 422
    assert Transfer.objects.count() == 0
    csv = visit(w.operator, "exchange", w.scope, post=True, data={"purpose": "Entri Sisko", "form": "csv"})
    line = csv.content.decode("utf-8-sig").splitlines()[1]
    assert "\"'=HYPERLINK(" in line
    assert NIK in line
    xlsx = visit(w.operator, "exchange", w.scope, post=True, data={"purpose": "Entri Sisko", "form": "xlsx"})
    sheet = load_workbook(io.BytesIO(xlsx.content)).active
    heading, row = ([cell.value for cell in cells] for cells in sheet.iter_rows())
    found = dict(zip(heading, row, strict=True))
    assert (found["NIK"], found["Nama"]) == (NIK, '=HYPERLINK("http://jahat")')
    assert {cell.data_type for cell in sheet[2] if cell.value} == {"s"}
    code = build.way(w, "ani").code
    wrong = SimpleUploadedFile("a.csv", f"kode,status,nomor\r\n{code},,1\r\nD-1,aktif,2\r\n".encode())
    page = visit(w.operator, "exchange_in", w.scope, post=True, data={"sheet": wrong})
    assert page.status_code == 422
    assert [(one.row, one.column) for one in page.context["problems"]] == [(2, "Status"), (3, "Kode keberangkatan")]
    assert Outside.objects.count() == 0
    right = SimpleUploadedFile("a.csv", f"Kode keberangkatan;Status\r\n{code};aktif\r\n".encode())
    assert visit(w.operator, "exchange_in", w.scope, post=True, data={"sheet": right}).status_code == 302
    assert Outside.objects.get().status == "aktif"
    assert visit(w.host_mission, "exchange", w.scope).status_code == 403
