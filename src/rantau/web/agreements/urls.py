"""Addresses of the agreements pages."""

from django.urls import URLPattern, URLResolver, path

from . import approving, papers, public, table, versions, writing

HERE = "program/<slug:programme>/perjanjian/"
ONE = f"{HERE}<str:code>/"
COPY = f"{ONE}tulis/"
CLAUSE = f"{COPY}pasal/<slug:clause>/"
PAPER = f"{ONE}naskah/<int:number>/<slug:tongues>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(HERE, public.agreements, name="agreements"),
    path(f"{HERE}baru/", public.agreement_start, name="agreement_start"),
    path(f"{HERE}periksa-berkas/", papers.agreement_check, name="agreement_check"),
    path(ONE, table.agreement, name="agreement"),
    path(f"{ONE}terima/", table.agreement_accept, name="agreement_accept"),
    path(f"{ONE}batal-terima/", table.agreement_take_back, name="agreement_take_back"),
    path(f"{ONE}komentar/", table.agreement_comment, name="agreement_comment"),
    path(f"{ONE}komentar/<str:ref>/", table.agreement_settle, name="agreement_settle"),
    path(f"{ONE}versi/", versions.agreement_versions, name="agreement_versions"),
    path(f"{ONE}versi/<int:number>/", versions.agreement_version, name="agreement_version"),
    path(f"{ONE}perbedaan/", versions.agreement_changes, name="agreement_changes"),
    path(COPY, writing.agreement_writing, name="agreement_writing"),
    path(f"{COPY}pasal-baru/", writing.agreement_clause_new, name="agreement_clause_new"),
    path(CLAUSE, writing.agreement_clause, name="agreement_clause"),
    path(f"{CLAUSE}hapus/", writing.agreement_clause_remove, name="agreement_clause_remove"),
    path(f"{CLAUSE}kewajiban-baru/", writing.agreement_duty_new, name="agreement_duty_new"),
    path(f"{CLAUSE}kewajiban/<slug:duty>/", writing.agreement_duty, name="agreement_duty"),
    path(f"{CLAUSE}kewajiban/<slug:duty>/hapus/", writing.agreement_duty_remove, name="agreement_duty_remove"),
    path(f"{COPY}isi-ulang/", writing.agreement_redraft, name="agreement_redraft"),
    path(f"{COPY}buang/", writing.agreement_discard, name="agreement_discard"),
    path(f"{ONE}ajukan/", writing.agreement_table, name="agreement_table"),
    path(f"{ONE}tarik/", writing.agreement_withdraw, name="agreement_withdraw"),
    path(f"{ONE}meja/", approving.agreement_desks, name="agreement_desks"),
    path(f"{ONE}telaah-hukum/", approving.agreement_clear, name="agreement_clear"),
    path(f"{ONE}persetujuan/", approving.agreement_approve, name="agreement_approve"),
    path(f"{ONE}kembalikan/", approving.agreement_send_back, name="agreement_send_back"),
    path(f"{ONE}tanda-tangan/", approving.agreement_sign, name="agreement_sign"),
    path(f"{ONE}akhiri/", approving.agreement_terminate, name="agreement_terminate"),
    path(f"{PAPER}.pdf", papers.agreement_pdf, name="agreement_pdf"),
    path(f"{PAPER}.docx", papers.agreement_docx, name="agreement_docx"),
    path(f"{ONE}naskah-bersegel.pdf", papers.agreement_sealed, name="agreement_sealed"),
    path(f"{ONE}lampiran/", papers.agreement_annex, name="agreement_annex"),
    path(f"{ONE}lampiran/<int:number>/", papers.agreement_annex_file, name="agreement_annex_file"),
]
