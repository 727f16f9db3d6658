"""Addresses of the applications pages."""

from django.urls import URLPattern, URLResolver, path

from . import assisting, documents, invitations, proofs, replies, review, tasks, views

P = "program/<slug:programme>/"
A = f"{P}pendaftaran/<str:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{P}daftar/", views.register, name="register"),
    path(A, views.application, name="application"),
    path(f"{A}wali/", views.guardian_link, name="guardian_link"),
    path(f"{A}isi/school/tidak-ada/", tasks.school_claim, name="school_claim"),
    path(f"{A}isi/<slug:task>/", tasks.task, name="task"),
    path(f"{A}periksa/", review.review, name="review"),
    path(f"{A}tanda-terima/", views.receipt, name="receipt"),
    path(f"{A}lembar/", assisting.slip, name="slip"),
    path(f"{A}dokumen/", documents.documents, name="documents"),
    path(f"{A}dokumen/serahkan/", documents.hand_in, name="hand_in"),
    path(f"{A}dokumen/<slug:kind>/", documents.file, name="file"),
    path(f"{A}bukti/", proofs.proof, name="proof"),
    path(f"{A}bukti/berkas.json", proofs.proof_file, name="proof_file"),
    path(f"{A}sanggah/", replies.objection, name="objection"),
    path(f"{A}tawaran/", replies.offer, name="offer"),
    path(f"{A}undur-diri/", replies.withdraw, name="withdraw"),
    path(f"{P}periksa/", views.check_receipt, name="check_receipt"),
    path(f"{P}periksa/<str:code>/", views.check_code, name="check_code"),
    path(f"{P}bantu/", assisting.assist, name="assist"),
    path(f"{P}undangan/<str:secret>/", invitations.invitation, name="invitation"),
    path(f"{P}undangan/<str:secret>/tolak/", invitations.decline, name="invitation_decline"),
]
