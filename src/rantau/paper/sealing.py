"""Seals on a PDF (PAdES): who sealed it when and why, and whether one byte has changed since; no clock, no network."""

import datetime as dt
import hashlib
import io
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms, pem
from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from rantau.engine.refusal import Refusal

for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)  # what it finds is in the answer, not on the terminal


@dataclass(frozen=True)
class Seal:
    """A key with its certificate, as an office keeps it in a PKCS#12 file."""

    signer: signers.SimpleSigner
    certificate: bytes
    """DER."""

    @property
    def name(self) -> str:
        """Return whom the certificate names."""
        return _common_name(self.signer.signing_cert)

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the certificate, in hexadecimal."""
        return hashlib.sha256(self.certificate).hexdigest()

    def pem(self) -> bytes:
        """Return the certificate as others need it to check a seal: without the key."""
        return bytes(pem.armor("CERTIFICATE", self.certificate))


@dataclass(frozen=True)
class Sealed:
    """One seal found on a file.

    `intact`: what it covers has not changed and its key made it. `whole_file`: it covers every byte up to its own end, and
    all that came after are further seals. `trusted`: its certificate leads to a trusted one, at the time the seal states;
    that time is what the signer's own clock said.
    """

    field: str
    name: str
    reason: str
    at: dt.datetime | None
    intact: bool
    whole_file: bool
    trusted: bool
    certificate: str
    """SHA-256 of the certificate, in hexadecimal."""
    certificate_name: str

    @property
    def holds(self) -> bool:
        """Return whether the file is what was sealed."""
        return self.intact and self.whole_file


def open_seal(data: bytes, *, passphrase: str) -> Seal:
    """Return the seal that a PKCS#12 file holds.

    :raises Refusal: `seal.broken_key` when the bytes or the passphrase are wrong
    """
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=passphrase.encode() or None)
        return Seal(signer=signer, certificate=signer.signing_cert.dump())
    except (ValueError, TypeError, AttributeError, NotImplementedError):
        raise Refusal("seal.broken_key") from None


def seal(pdf: bytes, *, by: Seal, field: str, name: str, reason: str, at: dt.datetime) -> bytes:
    """Return a PDF with one seal more, added behind its bytes: earlier seals stay what they are.

    `at` is the time that the seal states (aware), `field` its place in the file, of which each seal needs its own.

    :raises Refusal: `seal.unreadable` for what is no PDF, `seal.changed` when an earlier seal does not hold,
        `seal.taken` when the field is sealed already
    """
    earlier = read(pdf)
    if broken := [one.field for one in earlier if not one.holds]:
        raise Refusal("seal.changed", fields=broken)
    if field in {one.field for one in earlier}:
        raise Refusal("seal.taken", field=field)
    meta = signers.PdfSignatureMetadata(
        field_name=field, name=name, reason=reason, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    writer = _Unchanged(io.BytesIO(pdf))
    made = _At(meta, signer=by.signer, new_field_spec=fields.SigFieldSpec(field), at=at).sign_pdf(writer)
    return bytes(made.getvalue())


def read(pdf: bytes, *, trust: Iterable[bytes] = ()) -> tuple[Sealed, ...]:
    """Return the seals of a PDF, the oldest first; `trust` holds certificates (PEM or DER) that are believed.

    :raises Refusal: `seal.unreadable` for what is no PDF, or whose seals are no longer seals; `seal.broken_key` for a
        trusted certificate that is none
    """
    roots = [_certificate(data) for data in trust]
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        own = {one.field_name for one in found}
        return tuple(_read(one, own, roots) for one in found if one.sig_object_type == "/Sig")
    except Exception as error:  # whatever the parser chokes on, the file is what is broken
        raise Refusal("seal.unreadable", reason=str(error)) from None


def _read(one: EmbeddedPdfSignature, own: set[str], roots: list[asn1.Certificate]) -> Sealed:
    with suppress(PdfError):  # where what changed cannot even be compared, it is not the whole file
        one.compute_integrity_info()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    same, valid = validate_sig_integrity(one.signer_info, one.signer_cert, "data", one.compute_digest())
    intact = bool(same and valid and _filled(one.pkcs7_content))
    at = one.self_reported_timestamp
    return Sealed(
        field=one.field_name,
        name=str(one.sig_object.get("/Name", "")),
        reason=str(one.sig_object.get("/Reason", "")),
        at=at,
        intact=intact,
        whole_file=_whole(one, own),
        trusted=bool(intact and roots and at and _trusted(one, roots, at)),
        certificate=hashlib.sha256(one.signer_cert.dump()).hexdigest(),
        certificate_name=_common_name(one.signer_cert),
    )


def _whole(one: EmbeddedPdfSignature, own: set[str]) -> bool:
    """Tell whether a seal covers all that was there, and only seals came after."""
    later = one.diff_result
    last = one.signed_revision == one.reader.total_revisions - 1
    needed = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
    covers = one.coverage is not None and one.coverage >= needed
    return bool(covers and isinstance(later, DiffResult) and set(later.changed_form_fields) <= own)


def _filled(content: bytes) -> bool:
    """Tell whether nothing but the signature stands in its place, which no signature can cover: the rest is zeros."""
    return not content[len(cms.ContentInfo.load(content).dump()) :].strip(b"\0")


def _trusted(one: EmbeddedPdfSignature, roots: list[asn1.Certificate], at: dt.datetime) -> bool:
    valid = one.signer_cert.not_valid_before <= at <= one.signer_cert.not_valid_after  # nobody else asks it of a root
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
    return bool(valid and validate_pdf_signature(one, signer_validation_context=context).trusted)


def _certificate(data: bytes) -> asn1.Certificate:
    try:
        return asn1.Certificate.load(pem.unarmor(data)[2] if pem.detect(data) else data, strict=True)
    except (ValueError, TypeError):
        raise Refusal("seal.broken_key") from None


def _common_name(certificate: asn1.Certificate) -> str:
    named: dict[str, Any] = certificate.subject.native
    return str(named.get("common_name") or certificate.subject.human_friendly)


class _Unchanged(IncrementalPdfFileWriter):
    """A writer that leaves the document's own dates and names as they are."""

    def _update_meta(self) -> None:
        """Write nothing: a seal is no new edition, and the library would ask the clock."""


class _At(signers.PdfSigner):
    """A signer whose time is given."""

    def __init__(self, *arguments: Any, at: dt.datetime, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.at = at

    def init_signing_session(self, *arguments: Any, **more: Any) -> Any:
        """Return the library's session with the time that was given."""
        session = super().init_signing_session(*arguments, **more)
        session.system_time = self.at
        return session
