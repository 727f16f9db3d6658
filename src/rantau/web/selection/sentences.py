"""What the selection says in words: refusals, outcomes, steps, reasons, what is next, late and waited for."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "outage.words": _("Write in at most %(longest)s characters what happened."),
    "outage.span": _("An outage ends after it begins, is over now, and lasted at most %(days)s days."),
    "outage.exists": _("This outage is recorded already."),
    "outage.nothing": _("No programme of yours has opened registration: no deadline can have been touched."),
    "session.criteria": _(
        "A session tests at least one of the programme's tests; a second date the same as the first."
    ),
    "session.past": _("A session lies ahead; this one began %(starts)s."),
    "session.travel": _("Say who pays the way to the test, or that it is not announced."),
    "session.full": _("All %(seats)s seats of this session are taken. Plan another one."),
    "session.nobody": _("Everybody verified is called to these tests already."),
    "mark.absent": _("%(piece)s was not recorded as present at this test; there is nothing to mark."),
    "mark.range": _("A mark lies between 0 and the maximum of its test."),
    "mark.whole": _("An interview is marked in whole points, by the descriptors."),
    "mark.locked": _("Your mark for %(piece)s is locked. Propose a change with a reason; a second person decides."),
    "mark.enough": _("%(piece)s has been marked by as many examiners as are needed."),
    "mark.not_assigned": _("%(piece)s is not among the pieces given to you. The coordinator deals them out to pairs."),
    "examiners.none": _("No test of this session is judged by two examiners."),
    "examiners.attendance": _("Record who came first; then the pieces are dealt out to pairs."),
    "examiners.few": _("Choose at least two examiners."),
    "examiners.vacant": _(
        "Nobody is named to look at %(piece)s as a third. Add an examiner to its session, then ask again."
    ),
    "mark.conflict": _("You have declared a conflict with %(piece)s, or it is your own; another examiner marks it."),
    "mark.not_own": _("You can lock only your own marks."),
    "conflict.late": _(
        "Your mark counts already. Tell the coordinator: they propose a change, and another person decides."
    ),
    "round.exists": _("This round was frozen already. It is not frozen twice."),
    "round.pending": _("The list cannot go on: something is still open. The coordinator's desk names it."),
    "round.source": _(
        "Name the source of chance in plain words and without a vertical bar, so that anybody knows what to watch."
    ),
    "round.substitutes": _(
        "Write at least one substitute, each once and without a vertical bar: should the source be missing, "
        "nobody may have to choose."
    ),
    "round.soon": _(
        "The source is public for at least 24 hours before the draw. The earliest instant is %(earliest)s."
    ),
    "round.nobody": _("There is nobody to rank: no documents have been found right."),
    "round.early": _("The draw was announced for %(planned)s. Before that its value does not count."),
    "round.value": _("Write what the source gave, in at most %(longest)s characters and without a vertical bar."),
    "round.evidence": _("The evidence is larger than %(limit)s MB. Take the signed record instead."),
    "round.changed": _(
        "What is kept here is no longer what was frozen, drawn and sealed. Nothing is decided and nothing published. "
        "Call the auditor before anything else."
    ),
    "round.not_provisional": _("The final round follows a published provisional one."),
    "round.window": _("Objections are possible until %(until)s. The final list is frozen after that."),
    "selection.duplicate": _("The code %(row)s stands twice in the list."),
    "selection.unknown_criterion": _("The row %(row)s has a mark for a test that the rules do not know."),
    "selection.mark_range": _("The row %(row)s has a mark above the maximum of its test."),
    "publication.source": _(
        "The draw came from a source that was not named at the freeze: neither planned nor substitute."
    ),
    "publication.why": _("Say why the sources named before this one gave nothing. For the planned source say nothing."),
    "publication.not_provisional": _(
        "The final list compares itself with a provisional public list, and this is none."
    ),
    "publication.other_round": _("The final list belongs to another round than the provisional one."),
    "sheet.rows": _(
        "This result has %(rows)s rows; a spreadsheet is made for at most %(most)s. Check the file with verify.html or verify.py."
    ),
    "sheet.exact": _(
        "With these highest marks a spreadsheet would not compute exactly. Check with verify.html or verify.py."
    ),
    "scoring.empty": _("There is no mark to take a mean of."),
    "scoring.examiners": _("Two or three examiners' marks make one; here are %(marks)s."),
    "scoring.pairing": _("%(piece)s is left with %(examiners)s examiners who may mark it; two are needed."),
    "scoring.twice": _("%(examiner)s has marked %(piece)s twice."),
    "scoring.ratio": _(
        "The error of a mark and the spread of severities are both above zero; here their ratio is %(ratio)s."
    ),
    "scoring.reference": _("%(n)s marks without any difference among them are no group to compare with."),
    "scoring.weights": _("Weights are whole numbers above zero that sum to 100."),
    "scoring.unpaired": _("No piece was marked by two people, so nothing can be said about their agreement."),
    "scoring.no_variation": _("All marks are the same, so nothing can be said about agreement."),
    "scoring.incomplete": _("These figures need a mark from every examiner for every piece, and at least two of both."),
}
"""One sentence for each refusal code of sessions, marks, rounds and published files, with what can be done."""

OUTCOMES = {
    "selected": (pgettext_lazy("outcome", "Selected"), "good"),
    "reserve": (pgettext_lazy("outcome", "Reserve"), "part"),
    "unsuccessful": (pgettext_lazy("outcome", "No seat"), "none"),
}
"""What became of a row, with its tone."""

PARTINGS = {
    "first": _("first in the list"),
    "total": _("lower total"),
    "lot": _("every mark equal; the lot"),
    "gate": _("not ranked"),
}
"""The step that parts a row from the one above; any other step is a test whose mark decided between equal totals."""

REASONS = {
    "within_seats": _("The rank lies within the seats."),
    "within_reserve": _("The rank lies behind the seats, within the reserve list."),
    "below_cut": _("The rank lies behind the seats and the reserve list."),
    "not_ranked": _(
        "Only who took every test and reached every pass mark has a rank. Why is shown to the person alone."
    ),
}

KINDS = {
    "provisional": (
        _("Provisional result"),
        _("Every rank may still change: objections are decided first. No seat is offered yet."),
    ),
    "final": (
        _("Final result"),
        _("Objections are decided. Seats are offered by this list; later corrections add a seat and push nobody out."),
    ),
}
"""What a published round is, and what that means."""

LOT = {
    "freeze": (
        _("The list and the rules are frozen"),
        _(
            "Nobody can change a mark or a rule any more. Announced with it: the lot comes from “%(source)s”, "
            "and should that be missing, from: %(substitutes)s."
        ),
    ),
    "draw": (
        _("The lot is drawn"),
        _("From the source announced above, not before this instant, and at least a day after the freeze."),
    ),
    "drawn": ("", _("The announced source gave: %(value)s")),
    "substituted": ("", _("The substitute “%(used)s” gave: %(value)s. Why the earlier ones were missing: %(why)s")),
    "seal": (
        _("The outcomes are computed and sealed"),
        _("Their seal is shown here first, and then the list, so that no line can be changed in between."),
    ),
    "sealed": (
        "",
        _("From this instant no line could be changed any more. The published list must give the same seal."),
    ),
    "list": (
        _("The list is published"),
        _("Every line by publication code, with everything that is needed to compute it again."),
    ),
}
"""The steps of the lot: what happens, and what it means before and after."""

STATES = {
    "offered": (pgettext_lazy("seat", "offered, no answer yet"), "now"),
    "accepted": (pgettext_lazy("seat", "accepted"), "good"),
    "declined": (pgettext_lazy("seat", "declined"), "none"),
    "silent": (pgettext_lazy("seat", "no answer in time"), "none"),
    "released": (pgettext_lazy("seat", "cannot leave"), "none"),
    "reserve": (pgettext_lazy("seat", "waits"), "wait"),
    "unsuccessful": (pgettext_lazy("seat", "no seat"), "none"),
}
"""Where a seat stands, with its tone."""

STAGES = {
    "registration": _("Registration"),
    "calling": _("Calling"),
    "verification": _("Documents"),
    "tests": _("Tests and marks"),
    "list": _("Frozen list, draw, provisional result"),
    "objections": _("Objections"),
    "final": _("Final result"),
    "seats": _("Offers and answers"),
    "end": _("Every seat answered"),
}

FUNNEL = {
    "registered": _("registered"),
    "submitted": _("sent"),
    "verified": _("documents right"),
    "returned": _("returned to be mended"),
    "withdrawn": _("withdrawn"),
    "ineligible": _("a requirement not met"),
    "tested": _("tested"),
    "ranked": _("ranked"),
    "selected": _("selected"),
    "reserve": _("reserve"),
    "objections": _("objections"),
    "upheld": _("objections upheld"),
    "offered": _("seats offered"),
    "accepted": _("seats accepted"),
    "declined": _("seats declined"),
    "silent": _("no answer in time"),
    "released": _("cannot leave, seat released"),
    "from_reserve": _("moved up from the reserve"),
}

PENDING = {
    "submitted": _("registrations wait for the call"),
    "files": _("files are not decided"),
    "uncalled": _("people are not called to every test"),
    "attendance": _("people's attendance is not recorded"),
    "unassigned": _("pieces have no pair of examiners"),
    "marks": _("marks are not locked, or a change is open"),
    "missing": _("marks are missing"),
    "again": _("pieces are looked at again by a third examiner, because the outcome hangs on how strict a pair is"),
    "objections": _("objections are not decided"),
    "seats": _("seats have nobody left in the reserve"),
}
"""What is waited for, behind its number."""

LATE = {
    "close": _("Registration has ended and is not closed."),
    "files": _("Documents were not handed in by their date, and the files still wait."),
    "attendance": _("A session has begun and its attendance is not complete."),
    "draw": _("The draw was planned more than a day ago and has no value yet."),
    "final": _("The day announced for the final result is over."),
    "offers": _("Offers are past their date without an answer."),
}

OPENING = {
    "opening.seats": _("the number of seats"),
    "opening.eligibility": _("who may take part"),
    "opening.types": _("which tests there are"),
    "opening.weights": _("the weight of each test"),
    "opening.knock_outs": _("the pass marks"),
    "opening.tie_break": _("what decides between equal totals"),
    "opening.reserve": _("the length of the reserve list"),
}
"""What must be published before registration opens (PermenPANRB 6/2024 art. 22)."""

NEXT = {
    "plan": (
        _("Plan the intake"),
        _("Give the first and the last day of registration. Nobody can register before you open it."),
    ),
    "open": (
        _("Open registration"),
        _("From then on anybody can register until the last day. The version of the programme is fixed with it."),
    ),
    "registration": (_("Registration is open"), _("Nothing waits for you. Nobody is called before it has ended.")),
    "close": (
        _("Close registration"),
        _("The last instant has passed. After closing, nobody can register or change a registration."),
    ),
    "call": (
        _("Call the best to documents and tests"),
        _("You see everybody by code with average and finding before anything is done."),
    ),
    "files": (
        _("Documents are being handed in and checked"),
        _("Candidates hand in, verifiers decide. Nothing waits for you."),
    ),
    "uncalled": (
        _("Call everybody verified to the tests"),
        _("Plan sessions and fill them. Everybody whose documents are right is called to every test."),
    ),
    "attendance": (
        _("Record who came"),
        _(
            "After a session begins, each person is recorded as present or absent. Who was absent can have a second date."
        ),
    ),
    "unassigned": (
        _("Deal the pieces out to pairs of examiners"),
        _("Two examiners judge each piece on their own. Open the session and choose its examiners; the pairs rotate."),
    ),
    "again": (
        _("Let a third examiner look again"),
        _(
            "With the examiners' strictness taken out, some people would have another outcome. "
            "No statistic changes a mark: a third examiner looks at these pieces."
        ),
    ),
    "marks": (
        _("Marks are being entered"),
        _("Examiners lock their marks. A proposed change waits for a second person."),
    ),
    "missing": (
        _("Marks are being entered"),
        _("Examiners mark and lock every piece that came. Nothing waits for you, except proposed changes."),
    ),
    "freeze": (
        _("Freeze the list and the rules"),
        _(
            "Everybody gets a publication code; the list is bound by one number that is public at once. "
            "You name the source of chance and when it is drawn."
        ),
    ),
    "draw": (
        _("Record the draw"),
        _("Write what the named source gave, and hand in the evidence. It is published with its fingerprint."),
    ),
    "run": (
        _("Compute the provisional result"),
        _(
            "The published rules are applied to the frozen list, and the outcomes are sealed. "
            "Nobody can influence it, you neither."
        ),
    ),
    "publish": (_("Publish the provisional result"), _("You see what becomes public first. Then objections are open.")),
    "window": (_("Objections are open"), _("Each person may object once. Decide what has come in.")),
    "objections": (
        _("Decide the objections"),
        _("Another officer than the one who erred decides each, with a reason."),
    ),
    "freeze_final": (
        _("Freeze the final list"),
        _("Corrected marks, the same codes, the same draw. This is done once."),
    ),
    "run_final": (_("Compute the final result"), _("The same rules and the same draw, applied to the corrected list.")),
    "publish_final": (
        _("Publish the final result and offer the seats"),
        _("The differences to the provisional list are published with it. Everybody selected is offered a seat."),
    ),
    "offers": (
        _("Seats are offered"),
        _("Silence counts as declined at the deadline; the reserve moves up in order by itself."),
    ),
    "empty_seats": (
        _("Seats are empty"),
        _("The reserve list is used up. Nobody can be put on a seat outside the published list."),
    ),
    "done": (
        _("Every seat is answered"),
        _("The selection is over. Where people are divided among fields or places of work, that comes next."),
    ),
}
"""The next step and what it does."""

BUTTONS = {
    "plan": (_("Give the dates"), "intake_plan"),
    "call": (_("See who would be called"), "call"),
    "uncalled": (_("Go to the sessions"), "sessions"),
    "attendance": (_("Go to the sessions"), "sessions"),
    "unassigned": (_("Go to the sessions"), "sessions"),
    "again": (_("See which pieces"), "examiners"),
    "freeze": (_("Prepare the freeze"), "freeze"),
    "draw": (_("Record the draw"), "draw"),
    "publish": (_("See what becomes public"), "publish"),
    "window": (_("Go to the objections"), "objections"),
    "objections": (_("Go to the objections"), "objections"),
    "freeze_final": (_("Prepare the final freeze"), "freeze_final"),
    "publish_final": (_("See what becomes public"), "publish"),
}
"""The button of a step that has a page of its own."""

DIRECT = {
    "open": (_("Open registration now"), "intake_open"),
    "close": (_("Close registration now"), "intake_close"),
    "run": (_("Compute now"), "run"),
    "run_final": (_("Compute now"), "run"),
}
"""The button of a step that is done at once."""

MOVED = {
    "registration": _("End of registration"),
    "documents": _("Days for handing in documents"),
    "nominations": _("Invitations by schools"),
    "objections": _("Windows to object to a check"),
    "offers": _("Answers to an offered seat"),
    "marks": _("Window to object to marks"),
    "wishes": _("Lists of wishes"),
    "rounds": _("Days of a division"),
    "places": _("Answers about a place"),
    "papers": _("Days for documents before departure"),
    "charges": _("Answers to reports that money was asked"),
}
"""What an outage moves, by kind."""

MISSED = {
    "registration": _("Registration had closed"),
    "documents": _("Registrations that had ended without documents"),
    "nominations": _("Invitations that had ended"),
    "objections": _("Windows to object to a check that had closed"),
    "offers": _("Seats that had counted as declined"),
    "marks": _("The window to object to marks had closed"),
    "wishes": _("Lists that had closed"),
    "rounds": _("Days of a division that had passed"),
    "places": _("Places that had counted as declined"),
    "papers": _("Documents whose new day had passed"),
    "charges": _("Reports whose new day had passed"),
}
"""What was counted as too late before an outage was known, by kind."""

DONE = {
    "outage": _("Recorded. A second person confirms it; until then nothing moves."),
    "outage_confirm": _("Confirmed. The deadlines that it touched move within a few minutes."),
    "outage_discard": _("Discarded. Nothing has moved."),
    "intake_open": _("Registration is open."),
    "intake_close": _("Registration is closed."),
    "call": _(
        "%(called)s people are called, %(passed)s are not, %(excluded)s do not meet a requirement. "
        "Each is told on their own page."
    ),
    "freeze": _("The list is frozen. Its number is public now."),
    "draw": _("The draw is recorded."),
    "run": _("The result is computed and sealed. Its seal is public now, the list not yet."),
    "publish": _("The result is public."),
    "freeze_final": _("The final list is frozen."),
    "seat": _("An extra seat is offered to %(code)s. Nobody lost theirs."),
    "uphold": _("Upheld. What was wrong is corrected."),
    "reject": _("Rejected. The person reads your answer."),
}
"""What was done, once it is."""

AGAINST = {"verification": _("the check of the documents"), "mark": _("a mark")}

CHANGES = {
    "dispute": _("change proposed"),
    "change": _("change agreed"),
    "keep": _("mark kept as it was"),
    "correct": _("corrected after an upheld objection"),
}
"""What happened to a locked mark."""
