"""What a notice says, and where it leads. Plain words; no database.

``by`` is the display name of who did it, empty where a rule did; ``what`` the title of the action.
"""

from __future__ import annotations

from handover.notifications.models import Kind

LONGEST = 250

TITLES = {
    Kind.OFFERED: "{by} handed you: {what}",
    Kind.ACCEPTED: "{by} accepted: {what}",
    Kind.READ_BACK: "{by} read back: {what}. Is it right?",
    Kind.READ_BACK_ANSWERED: "{by} answered your read-back: {what}",
    Kind.DECLINED: "{by} declined: {what}. You still hold it",
    Kind.QUERIED: "{by} asks about: {what}",
    Kind.QUERY_ANSWERED: "{by} answered your question: {what}",
    Kind.QUERY_WAITS: "A question waits for your answer: {what}",
    Kind.WITHDRAWN: "{by} withdrew: {what}",
    Kind.NOT_ACCEPTED: "Nobody has accepted yet: {what}",
    Kind.OFFER_LAPSED: "Not accepted in time: {what}. You still hold it",
    Kind.LAPSED: "Accepted, and then nothing happened: {what}",
    Kind.NOTHING_OFFERED: "Your shift ends soon, and you have handed nothing over",
    Kind.NO_ONE_ELIGIBLE: "Nobody on shift can take: {what}",
    Kind.OVERRIDDEN: "{by} went past a rule, with a reason: {what}",
    Kind.CHECK_ASKED: "Was it completed? {what}",
    Kind.CHECK_WAITS: "A check waits for an answer: {what}",
    Kind.OUTCOME: "{by} says how it went: {what}",
    Kind.UNABLE: "{by} could not complete: {what}. What happens next?",
    Kind.FOLLOW_UP_WAITS: "What happens next is not decided: {what}",
    Kind.DECIDED: "{by} decided what happens next: {what}",
    Kind.ESCALATED: "{by} asks for your help: {what}",
    Kind.TAKEN_BACK: "{by} took back: {what}",
    Kind.REASSIGNED: "{by} gave you: {what}",
    Kind.IN_POOL: "Nobody holds: {what}",
    Kind.PROMISE: "Promised to the customer soon: {what}",
    Kind.PROMISE_CHANGED: "{by} agreed another time with the customer: {what}",
    Kind.CHASED: "The customer chased: {what}",
    Kind.REOPENED: "{by} reopened: {what}",
    Kind.ADDED: "{by} added to what you took over: {what}",
    Kind.OWN_REMINDER: "Your reminder: {what}",
    Kind.BY_RULE: "Still held 15 minutes after the shift, so offered by rule: {what}",
    Kind.LEFT_UNACCEPTED: "{by} left with urgent actions that nobody has accepted",
    Kind.CARRIED: "Carried over more than 3 shifts: {what}. What happens now?",
    Kind.BACK_AGAIN: "You put it off until now: {what}",
    Kind.PROPOSED: "{by} proposes how you hand over: {what}. Do you agree?",
    Kind.AGREEMENT_WAITS: "Your answer to a proposal is waited for: {what}",
    Kind.PROPOSAL_ANSWERED: "{by} answered a proposal: {what}",
    Kind.AGREED: "Agreed and in force: {what}",
    Kind.PROPOSAL_ENDED: "{by} ended a proposal: {what}",
    Kind.AGREEMENT_REVIEW: "Due for review: {what}",
    Kind.PROCEDURE: "How we hand over has changed. Read it, and say that you have",
    Kind.POLICY: "Read and acknowledge: {what}",
    Kind.ROSTERED: "Your shifts have changed: {what}",
    Kind.SWAP_OFFERED: "{by} offers you a swap: {what}",
    Kind.SWAP_ANSWERED: "{by} answered a swap: {what}",
    Kind.SWAP_WAITS: "A swap waits for you to approve it: {what}",
    Kind.AWAY: "{by} is away: {what}",
    Kind.SHIFT_NOTE: "{by} left a note for your shift: {what}",
    Kind.REPORT_WAITS: "A shift report waits for your signature: {what}",
    Kind.REPORT: "Shift report: {what}",
    Kind.LEFT_TEAM: "{by} has left. See where their work went: {what}",
    Kind.SUGGESTED: "{by} suggests something better",
    Kind.SUGGESTION_DISCUSSED: "{by} says something about a suggestion",
    Kind.SUGGESTION_ANSWERED: "{by} says what becomes of a suggestion",
    Kind.REVIEW_OPENED: "A review is open, and wants your view: {what}",
    Kind.REVIEW_WAITS: "Your view is waited for: {what}",
    Kind.REVIEW_TO_CLOSE: "A review waits for its conclusion: {what}",
    Kind.REVIEW_CLOSED: "{by} concluded a review: {what}",
    Kind.REVIEW_SAID: "{by} writes about somebody’s own figures in a review: {what}",
    Kind.OBSERVE: "Handovers to observe: {what}",
    Kind.OBSERVED: "{by} observed a handover of yours: {what}",
    Kind.OBSERVATION_HEARD: "{by} comments on what you observed: {what}",
    Kind.IMPROVING: "{by} proposes an improvement: {what}. Do you agree?",
    Kind.IMPROVEMENT_WAITS: "Your answer to an improvement is waited for: {what}",
    Kind.IMPROVEMENT_HEARD: "{by} says something about an improvement: {what}",
    Kind.IMPROVEMENT_ON: "Agreed by everybody concerned: {what}",
    Kind.IMPROVEMENT_DUE: "An improvement of yours is due soon: {what}",
    Kind.IMPROVEMENT_DONE: "{by} carried out an improvement: {what}",
    Kind.IMPROVEMENT_JUDGE: "Did it work? {what}",
    Kind.IMPROVEMENT_OVER: "{by} says what became of an improvement: {what}",
    Kind.SHARING_WEEK: "How work was shared last week: {what}",
    Kind.DIGEST: "While you could not be reached",
}
TO_THE_RECEIVER = {Kind.NOT_ACCEPTED: "You have not answered yet: {what}"}
TO_THE_GIVER = {
    Kind.CHECK_ASKED: "Asked how it went: {what}",
    Kind.BY_RULE: "Your shift is over. Offered to the incoming shift by rule: {what}",
}
PAST = {
    Kind.PROMISE: "The time promised to the customer has passed: {what}",
    Kind.AGREEMENT_WAITS: "Not everybody has agreed in time; a lead may decide now: {what}",
    Kind.IMPROVEMENT_WAITS: "Not everybody has agreed yet; a lead may decide now: {what}",
    Kind.IMPROVEMENT_DUE: "An improvement is overdue: {what}",
    Kind.POLICY: "Not everybody in the team has read it yet: {what}",
}

NEEDS_YOU = {
    Kind.OFFERED,
    Kind.READ_BACK,
    Kind.DECLINED,
    Kind.QUERIED,
    Kind.QUERY_ANSWERED,
    Kind.QUERY_WAITS,
    Kind.NOT_ACCEPTED,
    Kind.OFFER_LAPSED,
    Kind.LAPSED,
    Kind.NOTHING_OFFERED,
    Kind.NO_ONE_ELIGIBLE,
    Kind.CHECK_ASKED,
    Kind.CHECK_WAITS,
    Kind.UNABLE,
    Kind.FOLLOW_UP_WAITS,
    Kind.ESCALATED,
    Kind.REASSIGNED,
    Kind.IN_POOL,
    Kind.PROMISE,
    Kind.CHASED,
    Kind.REOPENED,
    Kind.OWN_REMINDER,
    Kind.LEFT_UNACCEPTED,
    Kind.CARRIED,
    Kind.BACK_AGAIN,
    Kind.PROPOSED,
    Kind.AGREEMENT_WAITS,
    Kind.AGREEMENT_REVIEW,
    Kind.PROCEDURE,
    Kind.POLICY,
    Kind.SWAP_OFFERED,
    Kind.SWAP_WAITS,
    Kind.REPORT_WAITS,
    Kind.REVIEW_OPENED,
    Kind.REVIEW_WAITS,
    Kind.REVIEW_TO_CLOSE,
    Kind.OBSERVE,
    Kind.IMPROVING,
    Kind.IMPROVEMENT_WAITS,
    Kind.IMPROVEMENT_DUE,
    Kind.IMPROVEMENT_JUDGE,
}
"""Kinds that stay until somebody acts; the others are good to know."""

TO_RECEIVE = {Kind.OFFERED, Kind.QUERY_ANSWERED}
"""Kinds about an item that lead its receiver to the page on which it is accepted; the others lead to the handover."""


BY_EMAIL = {
    Kind.OFFERED: "You have an action to accept",
    Kind.READ_BACK: "You have a read-back to answer",
    Kind.DECLINED: "You have an action back: it was declined",
    Kind.QUERIED: "You have a question to answer",
    Kind.QUERY_ANSWERED: "You have an answer to your question",
    Kind.QUERY_WAITS: "You have a question that still waits for your answer",
    Kind.NOT_ACCEPTED: "You have a handover that is not accepted yet",
    Kind.OFFER_LAPSED: "You have an action back: nobody accepted it in time",
    Kind.LAPSED: "You have an action that was accepted, and then nothing happened",
    Kind.NOTHING_OFFERED: "You have actions to hand over before your shift ends",
    Kind.NO_ONE_ELIGIBLE: "You have a handover that nobody on shift can take",
    Kind.CHECK_ASKED: "You have a completion check to answer",
    Kind.CHECK_WAITS: "You have a completion check that is not answered yet",
    Kind.UNABLE: "You have a decision to make: an action could not be completed",
    Kind.FOLLOW_UP_WAITS: "You have a decision that still waits: what happens next?",
    Kind.ESCALATED: "You have been asked for help with an action",
    Kind.REASSIGNED: "You have been given an action",
    Kind.IN_POOL: "You have an action in the team pool that nobody holds",
    Kind.PROMISE: "You have a promise to a customer that runs out",
    Kind.CHASED: "You have a customer who had to ask again",
    Kind.REOPENED: "You have an action back: it was reopened",
    Kind.OWN_REMINDER: "You have a reminder that you set yourself",
    Kind.BY_RULE: "You have actions that were offered by rule after your shift",
    Kind.LEFT_UNACCEPTED: "You have urgent actions that nobody has accepted",
    Kind.CARRIED: "You have an action to decide: carried over more than 3 shifts",
    Kind.BACK_AGAIN: "You have an action back that you put off until now",
    Kind.PROPOSED: "You have a proposal to answer",
    Kind.AGREEMENT_WAITS: "You have a proposal that still waits for your answer",
    Kind.AGREED: "You have a new agreement in force",
    Kind.AGREEMENT_REVIEW: "You have an agreement to review",
    Kind.POLICY: "You have a policy to acknowledge",
    Kind.ROSTERED: "You have a change to your shifts",
    Kind.SWAP_OFFERED: "You have a swap of shifts to answer",
    Kind.SWAP_ANSWERED: "You have an answer to your swap of shifts",
    Kind.SWAP_WAITS: "You have a swap of shifts to approve",
    Kind.REPORT_WAITS: "You have a shift report to sign",
    Kind.REPORT: "You have a signed shift report",
    Kind.LEFT_TEAM: "You have actions of a colleague who has left",
    Kind.REVIEW_OPENED: "You have a review to give your view on",
    Kind.REVIEW_WAITS: "You have a review that still waits for your view",
    Kind.REVIEW_TO_CLOSE: "You have a review to conclude",
    Kind.OBSERVE: "You have handovers to observe",
    Kind.IMPROVING: "You have an improvement to answer",
    Kind.IMPROVEMENT_WAITS: "You have an improvement that still waits for your answer",
    Kind.IMPROVEMENT_DUE: "You have an improvement to carry out",
    Kind.IMPROVEMENT_JUDGE: "You have an improvement to judge: did it work?",
    Kind.SHARING_WEEK: "You have last week's sharing patterns",
    Kind.DIGEST: "You have notices from a time when you could not be reached",
}
"""Kinds that are worth an e-mail, and its subject: nothing about a customer travels by e-mail."""

ALWAYS_BY_EMAIL = {Kind.NOT_ACCEPTED, Kind.OFFER_LAPSED, Kind.LAPSED}
"""While e-mail is on, these cannot be turned off one by one: the action is still theirs."""

ON_REQUEST = {Kind.REPORT, Kind.SHARING_WEEK}
"""Nobody gets these by e-mail who did not ask for it. They hold figures and a link, and ask nothing of anybody."""


def title(kind: Kind, *, by: str = "", what: str = "", to_receiver: bool = False, to_giver: bool = False, past: bool = False) -> str:
    """One sentence, at most 250 characters. ``past``: the instant that it is about is over."""
    special = TO_THE_RECEIVER if to_receiver else TO_THE_GIVER if to_giver else PAST if past else {}
    sentence = special.get(kind) or TITLES[kind]
    room = LONGEST - len(sentence.format(by=by, what=""))
    return sentence.format(by=by or "Baton", what=shortened(what, room)).removesuffix(": ")[:LONGEST]


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
