"""What every refusal is in words: one sentence a code, with what can be done about it."""

import datetime as dt
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from rantau.engine.refusal import Refusal

from .agreements import sentences as agreements
from .allocation import sentences as allocation
from .applications import sentences as applications
from .coordination import sentences as coordination
from .costs import sentences as costs
from .duties import sentences as duties
from .family import sentences as family
from .leaving import sentences as leaving
from .lessons import sentences as lessons
from .messages import sentences as messages
from .paper import sentences as paper
from .preparing import sentences as preparing
from .questions import sentences as questions
from .selection import sentences as selection
from .uploads import sentences as uploads
from .verification import sentences as verification

REFUSALS = {
    **duties.REFUSALS,
    **messages.REFUSALS,
    **family.REFUSALS,
    **agreements.REFUSALS,
    **allocation.REFUSALS,
    **applications.REFUSALS,
    **paper.REFUSALS,
    **preparing.REFUSALS,
    **coordination.REFUSALS,
    **leaving.REFUSALS,
    **costs.REFUSALS,
    **lessons.REFUSALS,
    **questions.REFUSALS,
    **selection.REFUSALS,
    **uploads.REFUSALS,
    **verification.REFUSALS,
    "step.role": _("You do not have the role for this step."),
    "role.missing": _("You do not have the role for this page."),
    "step.state": _("This is no longer possible: the record has moved on. Load the page again to see where it is."),
    "step.late": _("The deadline for this step was %(until)s."),
    "step.early": _("This step is possible only after %(after)s."),
    "step.same_person": _("A second person has to do this: you took part in what is being checked."),
    "programme.assumptions": _("Assumptions belong to a rehearsal; a real programme is never stored with them."),
    "programme.invalid": _("The programme file has problems: `rantau programme check` names each of them."),
    "programme.unpublished": _("This cannot be decided yet: %(missing)s are not published."),
    "programme.unstored": _("No version of this programme is stored yet."),
    "person.real": _("This belongs to rehearsals: the person is not made up."),
    "person.takes_part": _("This person takes part already; what is kept of them cannot be destroyed here."),
    "intake.dates": _("Registration has to end after it opens, and not in the past."),
    "intake.unpublished": _("Registration cannot open: %(missing)s are not published yet."),
    "intake.publisher": _("Registration of a real programme cannot open while no authority publishes this site."),
    "clock.real": _("A real programme has real time."),
    "clock.back": _("A rehearsal's time runs forward only; it is %(now)s there."),
    "recovery.self": _("You cannot mend your own access; ask two other officers."),
    "recovery.staff": _("This person holds an office: their access is renewed by an invitation, not by two officers."),
    "recovery.open": _("Somebody has already opened this person's case; a second officer can approve it."),
    "contact.phone": _(
        "This is no phone number. Write it like 0812 3456 7890; numbers of other countries begin with +."
    ),
    "contact.email": _("This is no e-mail address. Write it like nama@contoh.id."),
    "contact.full": _(
        "%(limit)s people use this number or address already. Use another one of your family, or an e-mail."
    ),
    "handle.taken": _("This code belongs to somebody else."),
    "consent.none": _("This consent was withdrawn before; nothing has changed."),
    "file.size": _(
        "The file has %(found)s MB; at most %(limit)s MB are possible. Take the photo with a lower resolution."
    ),
    "file.type": _("Only photos (JPEG, PNG, WebP) and PDF are possible. Take a photo of the paper and send that."),
    "file.heic": _(
        "This photo is in the HEIC format, which officers cannot open. Take a screenshot of it and send that, or set the"
        " camera to “Most Compatible” (Settings, Camera, Formats)."
    ),
    "file.broken": _("The file cannot be read: it is damaged or incomplete. Send it again, or take a new photo."),
    "file.large": _(
        "The picture has %(found)s million pixels; at most %(limit)s are possible. Take it with a lower resolution."
    ),
    "file.small": _(
        "The picture is too small: its long side has %(found)s pixels and needs %(limit)s. Send the photo itself, not a"
        " preview from a chat."
    ),
    "file.dark": _("The photo is too dark. Take it again near a window; the letters must be readable."),
    "file.bright": _("The photo is too bright: the letters are gone. Take it again without flash and out of the sun."),
    "file.blurred": _(
        "The photo is blurred. Rest the phone on something, tap on the letters to focus, and take it again."
    ),
    "file.encrypted": _(
        "The PDF is locked with a password. Print it anew as a PDF without one, or take a photo of it."
    ),
    "file.active": _(
        "The PDF holds a program, a form or another file (%(found)s). Print it anew as a PDF, or take a photo."
    ),
    "file.pages": _(
        "The PDF has %(found)s pages; at most %(limit)s are possible. Send only the pages that are asked for."
    ),
    "file.twofold": _(
        "The file is two things at once: a document and an archive. Print it anew as a PDF, or take a photo of it."
    ),
    "file.unpacks": _(
        "The PDF unpacks to more than %(limit)s MB. Print it anew as a PDF with a lower resolution, or take a photo of it."
    ),
    "recovery.unknown": _("This one-time word is not known or was used already."),
    "guardian.agreed": _("The agreement was given already; nothing more is needed."),
}


def refusal_sentence(refusal: Refusal, *, programme: Any = None) -> str:
    """Return the sentence for a refusal in the reader's language; a programme lends its names for codes."""
    facts = lessons.named(refusal, programme, coordination.named(refusal, programme))
    return str(REFUSALS[refusal.code]) % {key: fact(value) for key, value in facts.items()}


def fact(value: Any) -> str:
    """Return a fact as it is read: instants in the programme's zone with its name, lists with commas."""
    if isinstance(value, dt.datetime):
        return f"{formats.date_format(timezone.localtime(value), 'l, j F Y, H:i')} WIB"
    if isinstance(value, dt.date):
        return formats.date_format(value, "l, j F Y")
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
