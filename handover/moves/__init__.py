"""The verbs. Every way in — page, API, bulk, import — makes the same moves; read from top to bottom they are the life of an action.

Each is one function: keyword-only, atomic, locked in one order (action → item → check), safe to repeat, one event.
"""

from handover.moves.accept import accept
from handover.moves.answer import answer, ask_now
from handover.moves.away import tell_absence
from handover.moves.claim import claim
from handover.moves.close import close, complete
from handover.moves.create import create
from handover.moves.decide import decide
from handover.moves.decline import decline, undo_decline
from handover.moves.edit import contact, edit, note, promise
from handover.moves.nothing import nothing_to_hand_over
from handover.moves.offer import Entry, offer
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
    "accept",
    "answer",
    "answer_query",
    "answer_read_back",
    "ask_now",
    "claim",
    "close",
    "complete",
    "contact",
    "create",
    "decide",
    "decline",
    "edit",
    "not_so",
    "note",
    "nothing_to_hand_over",
    "offer",
    "promise",
    "query",
    "reassign",
    "remind_me",
    "reopen",
    "see",
    "see_outcome",
    "take_back",
    "tell_absence",
    "undo_complete",
    "undo_decline",
    "withdraw",
]
