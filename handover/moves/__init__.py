"""The verbs. Every way in — page, API, bulk, import — makes the same moves; read from top to bottom they are the life of an action.

Each is one function: keyword-only, atomic, locked in one order (action → item → check), safe to repeat, one event.
"""

from handover.moves.accept import accept
from handover.moves.answer import answer, ask_now
from handover.moves.away import tell_absence
from handover.moves.carried import NowWhat, decide_carried
from handover.moves.chase import remind_to_hand_over
from handover.moves.claim import claim
from handover.moves.close import close, complete
from handover.moves.create import create
from handover.moves.decide import decide
from handover.moves.decline import decline, undo_decline
from handover.moves.edit import contact, edit, note, promise
from handover.moves.leave import leave
from handover.moves.nothing import nothing_to_hand_over
from handover.moves.offer import offer
from handover.moves.offering import Entry
from handover.moves.put_off import bring_back, put_off
from handover.moves.query import answer_query, query
from handover.moves.read_back import answer_read_back
from handover.moves.reassign import reassign
from handover.moves.remind import remind_me
from handover.moves.reopen import not_so, reopen, undo_complete
from handover.moves.see import see, see_outcome
from handover.moves.take_back import take_back
from handover.moves.withdraw import withdraw

__all__ = [
    "Entry",
    "NowWhat",
    "accept",
    "answer",
    "answer_query",
    "answer_read_back",
    "ask_now",
    "bring_back",
    "claim",
    "close",
    "complete",
    "contact",
    "create",
    "decide",
    "decide_carried",
    "decline",
    "edit",
    "leave",
    "not_so",
    "note",
    "nothing_to_hand_over",
    "offer",
    "promise",
    "put_off",
    "query",
    "reassign",
    "remind_me",
    "remind_to_hand_over",
    "reopen",
    "see",
    "see_outcome",
    "take_back",
    "tell_absence",
    "undo_complete",
    "undo_decline",
    "withdraw",
]
