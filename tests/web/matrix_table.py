"""The access matrix: every address, and the answer for every kind of person, as a table to be reviewed."""

from typing import NamedTuple

from . import matrix_divided, matrix_leaving, matrix_lessons, matrix_preparing
from .matrix import JUDGED, NAMES, OPEN
from .matrix_divided import DIVIDED
from .matrix_lessons import LEAVING
from .matrix_requests import KINDS, OWNERS

TABLE = """
# o a page   r led on   > to sign in   - no role   . nothing there   ! not now   v mend it   x asked in another way
# In the last column, which holds what is sent with nothing in it, a capital says that something was changed by it.
# J is the programme whose first result is published, O the one whose registration is open, D the one whose people are
# divided, L the one whose people prepare to leave. `*` are all (others).
# `v2` and `c2` are a verifier and a coordinator of the other programme, the roles of `fo` have ended.
# asked below                                                           asking                     sending nothing
#                                                                       asoc ss vvecc ai hhep af   asoc ss vvecc ai hhep af
#                                                                       ntwa c2 e2xo2 un ommr so   ntwa c2 e2xo2 un ommr so
home                    | J |                                         | *o                       | *o
programmes              | J |                                         | *o                       | *o
verify                  | J |                                         | *o                       | *o
verifier                | J |                                         | *o                       | *o
verifying_page          | J |                                         | *o                       | *o
safety                  | J |                                         | *o                       | *o
ui                      | J |                                         | *o                       | *o
account                 | J |                                         | >*o                      | >*o
account_login           | J |                                         | o*r                      | o*r
account_signup          | J |                                         | o*r                      | o*r
account_logout          | J |                                         | r*o                      | *r
account_left            | J |                                         | *o                       | *o
account_change_password | J |                                         | >*r                      | >*r
account_set_password    | J |                                         | >*o                      | >*o
account_withdraw        | J |                                         | x                        | >*r
upload_begin            | J |                                         | x                        | >*v
upload                  | J | ref=upload                              | >.o. .. ..... .. .... .. | >.v. .. ..... .. .... ..
reach                   | J |                                         | >*o                      | >*v
reach_zone              | J |                                         | x                        | >*!
reach_contact           | J | ref=contact                             | >.o. .. ..... .. .... .. | >.v. .. ..... .. .... ..
sign_in_code            | J |                                         | o*r                      | v*r
channels                | J |                                         | *o                       | x
messages_desk           | J |                                         | >--- -- ---o- -- ---- o- | x
messages_again          | J |                                         | x                        | >--- -- ---!- -- ---- !-
channel_trials          | J |                                         | >--- -- ----- -- ---- o- | >--- -- ----- -- ---- v-
recover                 | J |                                         | *o                       | *o
rehearsal               | J |                                         | *o                       | *o
programme               | J |                                         | *o                       | *o
questions               | J |                                         | *o                       | *o
check                   | J |                                         | *o                       | *o
milestones              | J |                                         | *o                       | x
milestones#open         | O |                                         | *o                       | x
milestone_record        | O | milestone=visas                         | >--- -- ---o- -- ---- -- | >--- -- ---v- -- ---- --
milestone_record#shown  | O | milestone=memorandum                    | >--- -- ---.- -- ---- -- | >--- -- ---.- -- ---- --
outages                 | O |                                         | *o                       | x
outage_desk             | O |                                         | >--- -- ---o- -- ---- o- | >--- -- ----- -- ---- v-
outage_confirm          | O | ref=outage                              | x                        | >--- -- ---R- -- ---- !-
outage_discard          | O | ref=outage                              | x                        | >--- -- ---R- -- ---- R-
milestone_withdraw      | O | milestone=visas                         | x                        | >--- -- ---.- -- ---- --
check_receipt           | J |                                         | *o                       | *o
results                 | J |                                         | *o                       | x
audit                   | J |                                         | >--- -- ---o- o- ---- -- | x
claim                   | J | claim=seats                             | *o                       | *o
check_code              | J | code=owner                              | *o                       | x
round_file              | J | kind=provisional                        | *o                       | x
evidence                | J |                                         | *o                       | x
signing_key             | J |                                         | *o                       | x
verifier_signature      | J |                                         | *o                       | *o
round_file#final        | J | kind=final                              | *.                       | x
round_sheet             | J | kind=provisional                        | *o                       | x
round_sheet#final       | J | kind=final                              | *.                       | x
audit_file              | J | kind=provisional                        | >--- -- ---o- o- ---- -- | x
guardian                | O | secret=guardian                         | *o                       | *o
invitation              | O | secret=invitation                       | *o                       | oRRR !! !R!!R !! !!!! !R
invitation_decline      | O | secret=invitation                       | *o                       | *O
register                | O |                                         | *o                       | >Rrr RR RRRRR RR RRRR RR
register#closed         | J |                                         | *o                       | >*r
application             | J | code=owner                              | >.o. .. ..... .. .... o. | x
receipt                 | J | code=owner                              | >.o. .. ..... .. .... o. | x
slip                    | J | code=owner                              | >.o. .. ..... .. .... o. | x
file                    | J | code=owner kind=photo                   | >.o. .. ..... .. .... o. | >.o. .. ..... .. .... o.
proof                   | J | code=owner                              | >.o. .. ..... .. .... .. | x
proof_file              | J | code=owner                              | >.o. .. ..... .. .... .. | x
objection               | J | code=owner                              | >.o. .. ..... .. .... .. | >.o. .. ..... .. .... ..
offer                   | J | code=owner                              | >.r. .. ..... .. .... .. | >.o. .. ..... .. .... ..
withdraw                | J | code=owner                              | >.o. .. ..... .. .... .. | >.o. .. ..... .. .... ..
hand_in                 | J | code=owner                              | x                        | >.!. .. ..... .. .... !.
guardian_link           | J | code=owner                              | x                        | >.!. .. ..... .. .... !.
documents               | J | code=returned                           | >.o. .. ..... .. .... o. | >.v. .. ..... .. .... v.
task                    | J | code=returned task=identity             | >.o. .. ..... .. .... o. | >.o. .. ..... .. .... o.
task#draft              | O | code=draft task=home                    | >.o. .. ..... .. .... o. | >.o. .. ..... .. .... o.
school_claim            | O | code=draft                              | >.o. .. ..... .. .... o. | >.o. .. ..... .. .... o.
review                  | O | code=draft                              | >.o. .. ..... .. .... o. | >.o. .. ..... .. .... o.
guardian_link#asked     | O | code=minor                              | x                        | >.O. .. ..... .. .... ..
application#draft       | O | code=draft                              | >.o. .. ..... .. .... o. | x
assist                  | O |                                         | >--- oo o--o- -- ---- o- | >--- oo o--o- -- ---- o-
nominations             | O |                                         | >--- oo ----- -- ---- -- | >--- oo ----- -- ---- --
nominations_in          | O |                                         | >--- rr ----- -- ---- -- | >--- vv ----- -- ---- --
nominations_template    | O |                                         | >--- oo ----- -- ---- -- | x
nomination_cancel       | O | ref=nomination                          | x                        | >... R. ..... .. .... ..
verification            | J |                                         | >--- -- o---- -- ---- -- | x
verification_next       | J |                                         | x                        | >--- -- R---- -- ---- --
verification_out        | J |                                         | x                        | >--- -- O---- -- ---- --
verification_in         | J |                                         | >--- -- r---- -- ---- -- | >--- -- v---- -- ---- --
sample                  | J |                                         | >--- -- o---- -- ---- -- | x
school_claims#none      | J |                                         | >--- -- ---o- -- ---- -- | >--- -- ---.- -- ---- --
favour                  | J |                                         | >--- oo o-oo- -- ---- o- | >--- oo o-oo- -- ---- o-
favours                 | J |                                         | >--- -- ----- -o ---- -- | x
school_claims           | O |                                         | >--- -- ---o- -- ---- -- | >--- -- ---.- -- ---- --
verify_file             | J | code=filed                              | >... .. o.... .. .... .. | >... .. v.... .. .... ..
verify_release          | J | code=filed                              | x                        | >... .. R.... .. .... ..
verify_conflict         | J | code=filed                              | x                        | >... .. R.... .. .... ..
verify_document         | J | code=filed kind=photo                   | >... .. o.... .. .... .. | x
sample_file             | J | code=sampled                            | >... .. o.... .. .... .. | >... .. v.... .. .... ..
sessions                | J |                                         | >--- -- --oo- -- ---- -- | x
session_plan            | J |                                         | >--- -- ---o- -- ---- -- | >--- -- ---v- -- ---- --
marking                 | J |                                         | >--- -- --o-- -- ---- -- | x
disputes                | J |                                         | >--- -- --oo- -- ---- -- | x
attendance              | J | code=session                            | >--- -- --oo- -- ---- -- | >--- -- --rr- -- ---- --
session_assign          | J | code=session                            | x                        | >--- -- ---!- -- ---- --
attendance_print        | J | code=session                            | >--- -- --oo- -- ---- -- | x
session_examiners       | J | code=session                            | >--- -- ---o- -- ---- -- | >--- -- ---v- -- ---- --
examiners               | J |                                         | >--- -- ---o- -- ---- -- | >--- -- ---!- -- ---- --
dispute                 | J | ref=disputed                            | >--- -- --oo- -- ---- -- | >--- -- --oo- -- ---- --
dispute#locked          | J | ref=locked                              | >--- -- --oo- -- ---- -- | >--- -- --vv- -- ---- --
pieces                  | J | code=session criterion=test             | >--- -- --o-- -- ---- -- | >--- -- --r-- -- ---- --
pieces_lock             | J | code=session criterion=test             | >--- -- --o-- -- ---- -- | >--- -- --r-- -- ---- --
pieces_in               | J | code=session criterion=test             | x                        | >--- -- --v-- -- ---- --
piece_conflict          | J | code=session criterion=test piece=piece | >--- -- --o-- -- ---- -- | >--- -- --!-- -- ---- --
pieces_out              | J | code=session criterion=test kind=xlsx   | >--- -- --o-- -- ---- -- | x
pieces_out#csv          | J | code=session criterion=test kind=csv    | >--- -- --o-- -- ---- -- | x
desk                    | J |                                         | >--- -- ---o- -- ---- -- | x
intake_plan             | J |                                         | >--- -- ---o- -- ---- -- | >--- -- ---v- -- ---- --
intake_open             | J |                                         | x                        | >--- -- ---!- -- ---- --
intake_close            | J |                                         | x                        | >--- -- ---!- -- ---- --
call                    | J |                                         | >--- -- ---o- -- ---- -- | >--- -- ---!- -- ---- --
freeze                  | J |                                         | >--- -- ---o- -- ---- -- | >--- -- ---v- -- ---- --
draw                    | J |                                         | >--- -- ---o- -- ---- -- | >--- -- ---v- -- ---- --
run                     | J |                                         | x                        | >--- -- ---!- -- ---- --
publish                 | J |                                         | >--- -- ---r- -- ---- -- | >--- -- ---!- -- ---- --
freeze_final            | J |                                         | >--- -- ---o- -- ---- -- | >--- -- ---!- -- ---- --
offers                  | J |                                         | >--- -- ---o- -- ---- -- | x
objections              | J |                                         | >--- -- o--o- -- ---- -- | x
recovery                | J |                                         | >--- oo o--o- -- ---- o- | >--- oo o--o- -- ---- o-
recovery_open           | J |                                         | x                        | >*r
call#open               | O |                                         | >--- -- ---o- -- ---- -- | >--- -- ---!- -- ---- --
extra_seat              | J | code=owner                              | >--- -- ---o- -- ---- -- | >--- -- ---v- -- ---- --
objection_decide        | J | ref=objection                           | >--- -- o--o- -- ---- -- | >--- -- v--v- -- ---- --
recovery_approve        | J | ref=recovery                            | x                        | >--- O. O--O- -- ---- O-
allocation              | D | kind=field                              | *o                       | x
allocation#open         | D | kind=posting                            | *o                       | x
allocation#none         | J | kind=field                              | *.                       | x
allocation_file         | D | kind=field number=1 name=result         | *o                       | x
allocation_file#none    | D | kind=posting number=1 name=result       | *.                       | x
own_allocation          | D | code=placed kind=field                  | >.o. .. ..... .. .... .. | >.v. .. ..... .. .... ..
own_allocation#open     | D | code=placed kind=posting                | >.o. .. ..... .. .... .. | >.v. .. ..... .. .... ..
own_allocation#none     | J | code=owner kind=field                   | >... .. ..... .. .... .. | >... .. ..... .. .... ..
exemption_ask           | D | code=placed kind=posting                | >.o. .. ..... .. .... .. | >.v. .. ..... .. .... ..
exemption_ask#late      | D | code=placed kind=field                  | >.r. .. ..... .. .... .. | >.v. .. ..... .. .... ..
exemption_back          | D | code=placed kind=posting ref=exemption  | x                        | >.R. .. ..... .. .... ..
place_answer            | D | code=placed kind=field                  | >.o. .. ..... .. .... .. | >.v. .. ..... .. .... ..
allocations             | D |                                         | >--- -- ---o- o- ---- -- | x
allocation_desk         | D | kind=field                              | >--- -- ---o- o- ---- -- | x
allocation_announce     | D | kind=field                              | >--- -- ---r- -- ---- -- | >--- -- ---!- -- ---- --
allocation_announce#early | J | kind=posting                            | >--- -- ---o- -- ---- -- | >--- -- ---!- -- ---- --
allocation_decide       | D | kind=field                              | x                        | >--- -- ---!- -- ---- --
allocation_publish      | D | kind=field                              | >--- -- ---r- -- ---- -- | >--- -- ---!- -- ---- --
allocation_finish       | D | kind=field                              | x                        | >--- -- ---!- -- ---- --
exemptions              | D |                                         | >--- -- ---o- -- ---o -- | x
exemption_judge         | D | ref=exemption                           | >--- -- ---o- -- ---o -- | >--- -- ---v- -- ---v --
agreements              | J |                                         | *o                       | x
agreements#tabled       | O |                                         | *o                       | x
agreement_start         | O |                                         | >rrr rr rrrrr rr rror rr | >rrr rr rrrrr rr rrvr rr
agreement_check         | O |                                         | *o                       | *v
agreement               | O | code=agreement                          | .... .. ...o. oo o.o. .. | x
agreement#draft         | O | code=first_draft                        | .... .. ..... .. ..o. .. | x
agreement_accept        | O | code=agreement                          | x                        | >... .. ...v. vv v.v. ..
agreement_take_back     | O | code=agreement                          | x                        | >... .. ...v. vv v.v. ..
agreement_comment       | O | code=agreement                          | x                        | >... .. ...v. vv v.v. ..
agreement_settle        | O | code=agreement ref=comment              | x                        | >... .. ...v. vv v.R. ..
agreement_versions      | O | code=agreement                          | >... .. ...o. oo o.o. .. | x
agreement_version       | O | code=agreement number=1                 | >... .. ...o. oo o.o. .. | x
agreement_changes       | O | code=agreement                          | >... .. ...o. oo o.o. .. | x
agreement_writing       | O | code=agreement                          | >... .. ..... .. o.o. .. | x
agreement_writing#draft | O | code=first_draft                        | >... .. ..... .. ..o. .. | x
agreement_clause_new    | O | code=agreement                          | >... .. ..... .. o.o. .. | >... .. ..... .. v.v. ..
agreement_clause        | O | code=agreement clause=contract          | >... .. ..... .. o.o. .. | >... .. ..... .. v.v. ..
agreement_clause_remove | O | code=first_draft clause=subject         | x                        | >... .. ..... .. ..R. ..
agreement_duty_new      | O | code=agreement clause=contract          | >... .. ..... .. o.o. .. | >... .. ..... .. v.v. ..
agreement_duty | O | code=agreement clause=roles duty=contact-ministry | >... .. ..... .. o.o. .. | >... .. ..... .. v.v. ..
agreement_duty_remove | O | code=agreement clause=roles duty=contact-ministry | x | >... .. ..... .. R.R. ..
agreement_redraft       | O | code=first_draft                        | x                        | >... .. ..... .. ..r. ..
agreement_discard       | O | code=first_draft                        | x                        | >... .. ..... .. ..r. ..
agreement_table         | O | code=first_draft                        | >... .. ..... .. ..o. .. | >... .. ..... .. ..v. ..
agreement_withdraw      | O | code=first_draft                        | >... .. ..... .. ..o. .. | >... .. ..... .. ..v. ..
agreement_desks         | O | code=agreement                          | >... .. ...r. rr o.o. .. | >... .. ...r. rr v.v. ..
agreement_clear         | O | code=agreement                          | >... .. ...r. rr r.r. .. | >... .. ...-. -- !.!. ..
agreement_approve       | O | code=agreement                          | >... .. ...r. rr r.r. .. | >... .. ...-. -- !.!. ..
agreement_send_back     | O | code=agreement                          | >... .. ...r. rr r.r. .. | >... .. ...r. rr r.r. ..
agreement_sign          | O | code=agreement                          | >... .. ...r. rr r.r. .. | >... .. ...r. rr r.r. ..
agreement_terminate     | O | code=agreement                          | >... .. ...r. rr r.r. .. | >... .. ...r. rr r.r. ..
agreement_pdf           | O | code=agreement number=1 tongues=id      | .... .. ...o. oo o.o. .. | x
agreement_docx          | O | code=agreement number=1 tongues=id-ru   | .... .. ...o. oo o.o. .. | x
agreement_sealed        | O | code=agreement                          | *.                       | x
agreement_annex         | O | code=agreement                          | >... .. ...r. rr o.o. .. | >... .. ...r. rr v.v. ..
agreement_annex_file    | O | code=agreement number=1                 | .... .. ...o. oo o.o. .. | x
question_desk           | O |                                         | >--- -- ---o- oo o-o- -- | x
question_desk#judged    | J |                                         | >--- -- ---o- oo ---- -- | x
question_answer         | O | about=pay.stipend                       | >--- -- ---o- -- --o- -- | >--- -- ---v- -- --v- --
question_answer#other   | O | about=dates.departs_on                  | >--- -- ---o- -- ---- -- | >--- -- ---v- -- ---- --
question_due            | O | about=pay.base                          | >--- -- ---o- -- ---- -- | >--- -- ---v- -- ---- --
question_proposal       | O | ref=proposal                            | >--- -- ---o- oo .-o- -- | >--- -- ---v- vv .-v- --
questions#open          | O |                                         | *o                       | *o
demand                  | J |                                         | *o                       | x
demand#open             | O |                                         | *o                       | x
demand_out              | O |                                         | *o                       | x
demand_template         | O |                                         | >--- -- ----- -- ---- -- | x
demand_desk             | O |                                         | >--- -- ----- -- ---- -- | x
demand_in               | O |                                         | >--- -- ----- -- ---- -- | >--- -- ----- -- ---- --
demand_sheet            | O | ref=nothing                             | >--- -- ----- -- ---- -- | >--- -- ----- -- ---- --
demand_new              | O |                                         | >--- -- ----- -- ---- -- | >--- -- ----- -- ---- --
demand_row              | O | code=N-0                                | >--- -- ----- -- ---- -- | >--- -- ----- -- ---- --
demand_end              | O | code=N-0                                | x                        | >--- -- ----- -- ---- --
meetings                | O |                                         | >--- -- ---o- o- o-o- -- | x
meetings#judged         | J |                                         | >--- -- ---o- o- ---- -- | x
meeting_plan            | O |                                         | >--- -- ---o- -- o-o- -- | >--- -- ---v- -- v-v- --
meeting                 | O | code=meeting_minuted                    | >--- -- ---o- o- .-o- -- | x
meeting#visas           | O | code=meeting_visas                      | >--- -- ---o- o- o-o- -- | x
meeting_calendar        | O | code=meeting_minuted                    | >--- -- ---o- o- .-o- -- | x
meeting_calendar#visas  | O | code=meeting_visas                      | >--- -- ---o- o- o-o- -- | x
meeting_move            | O | code=meeting_ahead                      | x                        | >--- -- ---v- v- .-v- --
meeting_hold            | O | code=meeting_ahead                      | x                        | >--- -- ---v- v- .-v- --
meeting_cancel          | O | code=meeting_ahead                      | x                        | >--- -- ---R- !- .-R- --
meeting_minute          | O | code=meeting_held                       | >--- -- ---o- !- .-o- -- | >--- -- ---v- !- .-v- --
meeting_approve         | O | code=meeting_minuted                    | x                        | >--- -- ---!- !- .-R- --
meeting_reopen          | O | code=meeting_minuted                    | x                        | >--- -- ---R- !- .-R- --
interest                | O |                                         | >--- oo o-oo- oo oooo o- | >--- vv v-vv- vv vvvv v-
interests               | O |                                         | >--- -- ----- oo ---- -- | x
interest_note           | O | ref=interest                            | >--- -- ----- -o ---- -- | x
duties                  | O |                                         | *o                       | x
duties#none             | J |                                         | *o                       | x
duty                    | O | code=duty                               | *o                       | x
duty#done               | O | code=duty_done                          | *o                       | x
duty#decided            | O | code=duty_decided                       | .... .. ...o. oo ..o. .. | x
duties_public_ics       | O |                                         | *o                       | x
duties_own_ics          | O |                                         | >--- -- ---o- oo o-o- -- | x
duty_show               | O | code=duty                               | x                        | >--- -- ----- -- --v- --
duty_show#decided       | O | code=duty_decided                       | x                        | >--- -- ----- -- .-v- --
duty_doubt              | O | code=duty_done                          | x                        | >--- -- ---v- -- --!- --
duty_excuse             | O | code=duty                               | x                        | >--- -- ---v- -- --!- --
mandates                | O |                                         | *o                       | x
mandate_record          | O |                                         | >--- -- ---o- -- ---- o- | >--- -- ---v- -- ---- v-
mandate_confirm         | O | ref=mandate                             | x                        | >--- -- ---!- -- ---- R-
mandate_end             | O | ref=mandate                             | x                        | >--- -- ---R- -- ---- R-
parents                 | J |                                         | *o                       | x
own_notes               | D | code=placed                             | >.o. .. ..... .. .... .. | >.v. .. ..... .. .... ..
note_share              | D | code=placed ref=note                    | >.o. .. ..... .. .... .. | >.O. .. ..... .. .... ..
note_take_back          | D | code=placed ref=note                    | x                        | >.R. .. ..... .. .... ..
note_throw_away         | D | code=placed ref=note                    | >.o. .. ..... .. .... .. | >.R. .. ..... .. .... ..
own_kin                 | D | code=placed                             | >.o. .. ..... .. .... .. | >.v. .. ..... .. .... ..
kin_take_back           | D | code=placed                             | x                        | >.R. .. ..... .. .... ..
shared_note             | D | secret=note_secret                      | *o                       | x
fees                    | L |                                         | *o                       | x
fees#open               | O |                                         | *o                       | x
costs                   | L |                                         | *o                       | x
lessons                 | L |                                         | >--- oo ---o- -- ---- -- | x
lessons_today           | L |                                         | >--- oo ---o- -- ---- -- | x
lesson_plan             | L |                                         | >--- oo ---o- -- ---- -- | >--- vv ---v- -- ---- --
lessons_table           | L |                                         | >--- -- ---o- -- ---- -- | x
lessons_csv             | L |                                         | >--- -- ---o- -- ---- -- | x
lesson                  | L | ref=lesson_held                         | >--- o. ---o- -- ---- -- | x
lesson#ahead            | L | ref=lesson_ahead                        | >--- o. ---o- -- ---- -- | x
lesson_hold             | L | ref=lesson_held                         | x                        | >--- v. ---v- -- ---- --
lesson_results          | L | ref=lesson_held                         | x                        | >--- r. ---r- -- ---- --
lesson_move             | L | ref=lesson_ahead                        | x                        | >--- v. ---v- -- ---- --
lesson_cancel           | L | ref=lesson_ahead                        | x                        | >--- R. ---R- -- ---- --
own_lessons             | L | code=pupil                              | >.o. .. ..... .. .... .. | x
own_lessons_ics         | L | code=pupil                              | >.o. .. ..... .. .... .. | x
charge                  | L | code=pupil                              | >.o. .. ..... .. .... .. | >.v. .. ..... .. .... ..
charge_sent             | L | code=pupil charge=charge_open           | >.o. .. ..... .. .... .. | >.R. .. ..... .. .... ..
charge_sent#done        | L | code=pupil charge=charge_done           | >.o. .. ..... .. .... .. | >.!. .. ..... .. .... ..
charge_reopen           | L | code=pupil charge=charge_done           | x                        | >.R. .. ..... .. .... ..
expenses                | L |                                         | >--- -- ---o- -- --o- -- | >--- -- ---v- -- --v- --
expense_correct         | L | ref=expense                             | x                        | >--- -- ---!- -- --.- --
charges                 | L |                                         | >--- -- ----- -- ---o -- | x
charge_desk             | L | code=charge_open                        | >--- -- ----- -- ---o -- | >--- -- ----- -- ---v --
rehearsal_enter         | J | ref=nobody                              | x                        | *.
rehearsal_clock         | J |                                         | x                        | *r
rehearsal_invitation    | O |                                         | x                        | *R
"""

SHOWN = {
    "guardian": "minor.first",
    "invitation": "place",
    "invitation_decline": "place",
    "rehearsal": "place",
    "shared_note": "placed.note",
    "task#draft": "place",
    **matrix_leaving.SHOWN,
    **matrix_preparing.SHOWN,
    **dict.fromkeys(
        ("lessons", "lesson_plan", "lesson", "lesson#ahead", "lesson_hold", "lesson_results", "lesson_move"), "place"
    ),
}
"""What an address shows to anybody who has it: a first name, a school, for which one a lesson is; a list of all provinces
says nothing of anybody."""
FOUR = ("an", "ow", "co", "em")
"""Who is asked where the answer is the same for all."""


class Row(NamedTuple):
    """One line of the table: an address, below which programme, and the answer for each kind of person asked."""

    name: str
    scope: str
    given: dict[str, str]
    asking: dict[str, str]
    sending: dict[str, str]

    @property
    def view(self) -> str:
        """Return the name of the address, without what tells two rows of it apart."""
        return self.name.partition("#")[0]

    @property
    def whose(self) -> str:
        """Return who `ow` is: whose code stands in the address, or the programme's first candidate."""
        code = self.given.get("code", "")
        return code if code in {**NAMES, **matrix_divided.NAMES, **matrix_lessons.NAMES} else OWNERS[self.scope][0]


def cells(written: str) -> dict[str, str]:
    """Return the answer for each kind of person that a cell names."""
    if written == "x":
        return dict.fromkeys(("ow", "co"), "x")
    if "*" in written:
        first, _star, others = written.partition("*")
        return dict.fromkeys(FOUR, others) | ({"an": first} if first else {})
    return dict(zip(KINDS, written.replace(" ", ""), strict=True))


def read(line: str) -> Row:
    """Return a line of the table."""
    name, scope, given, asking, sending = (cell.strip() for cell in line.split("|"))
    pairs = dict(pair.split("=") for pair in given.split())
    return Row(name, {"J": JUDGED, "O": OPEN, "D": DIVIDED, "L": LEAVING}[scope], pairs, cells(asking), cells(sending))


LINES = (TABLE + matrix_leaving.TABLE + matrix_preparing.TABLE).strip().splitlines()
ROWS = [read(line) for line in LINES if line and not line.startswith("#")]
