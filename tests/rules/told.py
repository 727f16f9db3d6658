"""Which steps remind or tell nobody, and why: the exceptions to the two rules of `test_told`, as tables to be reviewed."""

ELSEWHERE = {
    ("application", "ask_guardian", "draft"): ("intake", "remind"),
    ("application", "submit", "draft"): ("intake", "remind"),
    ("exemption", "ask", "new"): ("allocation", "remind"),
}
"""Steps with a deadline of which the step of another record reminds."""

UNREMINDED = {
    ("nomination", "invite", "new"): "a school may invite and need not: the day on which registration closes is public",
    ("place", "accept", "waiting"): "who waits has answered, and keeps the place whatever they do not do",
}
"""Steps with a deadline of which nobody is reminded."""

QUIET = {
    "intake": {
        "open": "the page of the programme says it to everybody",
        "close": "the day was public from the beginning, and those who had begun were reminded",
    },
    "outage": {
        "record": "nothing moves before a second person confirms",
        "confirm": "the move that follows tells everybody whose day it changes",
        "discard": "nothing had moved",
    },
    "milestone": {
        "record": "the page of milestones says it to everybody; it is about no person and no single office",
        "withdraw": "as it was recorded, so it is withdrawn: on the page, for everybody",
    },
    "application": {
        "ask_guardian": "its person, or an officer beside them, has just typed the birth date",
        "file": "its person, or an officer beside them, hands the documents in and sees it",
        "confirm": "a second look that changes nothing for the person",
        "reinstate": "the message of the objection that was upheld says it in the same moment",
    },
    "nomination": {"cancel": "all that is known of the pupil is destroyed with the step: nobody is left to be told"},
    "school_claim": {"ask": "its person, or an officer beside them, asks"},
    "recovery": {
        "approve": "the second officer gives the word to the person who stands before them",
        "lapse": "the person keeps the access, or the want of it, that they had",
    },
    "sitting": {"attend": "the person was there"},
    "mark": {
        "lock": "marks are told with the provisional result, all on one day",
        "dispute": "as above: until then a mark is between examiners",
        "change": "as above",
        "keep": "as above",
        "correct": "follows from an objection that was upheld, which is told",
    },
    "round": {
        "freeze": "the public page has the root and the source of chance at once",
        "draw": "the public page has what was drawn and its evidence",
        "decide": "the seal is public; what it seals is told when it is published",
    },
    "allocation": {
        "close": "its day was told when the lists opened, and once more before it came",
        "decide": "seen by officers alone until a second one publishes it",
        "publish": "everybody with a new place is told of that place",
        "finish": "everybody who still waits is told that the place is theirs",
    },
    "place": {"leave": "the person has left the programme, and was told so then"},
    "mandate": {"record": "not in force until a second officer confirms, which is told"},
    "agreement": {
        "draft": "binds nobody and is read by the office that writes it",
        "revise": "as above",
        "start": "the same moment as the last signature, which is told",
    },
    "side": {
        "invite": "told by the version that lies before the sides",
        "reopen": "as above",
        "agree": "an office's own word: all are told once the last has spoken",
        "clear": "a step inside one office, on its own board",
        "endorse": "as above",
        "approve": "as above",
        "sign": "an office's own word: all are told of the last signature",
    },
    "answer": {"take_back": "by the office that proposed it"},
    "duty": {
        "owe": "told by the agreement in force, or by the minutes that were approved",
        "show": "by the office that owes it; whoever doubts it is heard, and that is told",
        "cease": "told by the notice or the end of the agreement",
    },
    "meeting": {
        "hold": "those who were there know it; the others read the minutes",
        "reopen": "binds nobody: the minutes are told again when they are handed in again",
    },
    "clearance": {
        "refuse": "the seat is released in the same moment, which is told",
        "withdraw": "by the person; or by the end of their seat, which is told",
        "depart": "the person sits in the plane",
        "come_home": "the plan of the way home was told, and the person is home",
    },
    "paper": {
        "ask": "told by the beginning of the way, whose page lists every document",
        "give": "its person, or an officer beside them, hands it in and sees it",
        "see": "nothing is asked of anybody: the page says how far it is known to be true",
        "confirm": "as above",
        "waive": "takes something off the person; the page says it, with why",
        "replace": "the person has just given the newer one",
        "end": "the end of the way is told",
    },
    "visa": {"take_back": "by the coordinator who asked, or by the end of the way, which is told"},
    "lesson": {
        "hold": "who was called knows it; hours stand on their page",
        "correct": "as above",
    },
    "group": {
        "plan": "nobody is in it yet; told when it is announced",
        "change": "as above",
        "depart": "everybody in it leaves",
        "close": "everybody in it has arrived or is accounted for, which was told one by one",
    },
    "homeward": {
        "travel": "told by its plan",
        "arrive": "the person is home",
        "stay": "its person, or an officer with them, decides it",
        "close": "nothing is asked of anybody any more",
    },
}
"""Deciding steps that send no message: flow → step → why."""
