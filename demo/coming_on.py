"""What Tom finds when he comes on: things that changed at the hotel while he slept, one of every kind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from demo.teams import HOTEL, Cast
from handover import moves
from handover.actions.models import Action
from handover.handovers.models import Item, When


def make(cast: Cast, *, now: datetime) -> None:
    _declined_and_chased(cast, now)
    _promised_anew(cast, now)
    _given_and_taken(cast, now)
    _taken_back(cast, now)


def minutes(now: datetime, ago: float) -> datetime:
    return now - timedelta(minutes=ago)


def _log(cast: Cast, who: str, at: datetime, title: str, **words: Any) -> Action:
    return moves.create(team=cast.teams[HOTEL], by=cast.people[who], responsible=cast.people[who], at=at, title=title, **words)


def _offer(action: Action, by: User, to: User, at: datetime, when: When, **brief: Any) -> Item:
    entry = moves.Entry(action_id=action.pk, missing_reason="All there is.", **brief)
    return moves.offer(entries=[entry], by=by, to=to, at=at, when=when).items.get()


def _declined_and_chased(cast: Cast, now: datetime) -> None:
    tom, helen, amara = (cast.people[name] for name in ("tom", "helen", "amara"))
    customer = {"customer_name": "Mr Novak", "customer_reference": "406"}
    action = _log(cast, "tom", minutes(now, 1010), "Invoice for Mr Novak without the minibar", promised_by=now + timedelta(hours=9), **customer)
    item = _offer(
        action, tom, helen, minutes(now, 933), When.END_OF_SHIFT, situation="He had nothing from the minibar.", next_step="Ask accounts for a corrected one."
    )
    moves.decline(item_id=item.pk, by=helen, reason="Only the night audit can open last month’s invoices.", at=minutes(now, 905))
    moves.contact(action_id=action.pk, by=amara, at=minutes(now, 190), channel="Phone", text="Where is my invoice? I asked yesterday.", chased=True)


def _promised_anew(cast: Cast, now: datetime) -> None:
    words = {"promise": "A quiet room for the night", "customer_name": "Ms Adeyemi", "customer_reference": "120"}
    action = _log(cast, "tom", minutes(now, 990), "Quiet room for Ms Adeyemi", promised_by=now + timedelta(hours=2), **words)
    priya = cast.people["priya"]
    moves.promise(action_id=action.pk, by=priya, promised_by=now + timedelta(hours=4), customer_told=True, at=minutes(now, 150))


def _given_and_taken(cast: Cast, now: datetime) -> None:
    priya, tom, amara = (cast.people[name] for name in ("priya", "tom", "amara"))
    gone = _log(cast, "tom", minutes(now, 1005), "Deposit of the rowing club", promised_by=now + timedelta(hours=20))
    moves.reassign(action_id=gone.pk, by=priya, to=amara, reason="They come by this afternoon.", at=minutes(now, 400))
    moves.complete(action_id=gone.pk, by=amara, words="Paid in cash, receipt given.", at=minutes(now, 240))
    given = _log(cast, "amara", minutes(now, 70), "Newspapers for the conference, 06:00", promised_by=now + timedelta(hours=7))
    moves.reassign(action_id=given.pk, by=priya, to=tom, reason="They come in the night.", at=minutes(now, 45))


def _taken_back(cast: Cast, now: datetime) -> None:
    zofia, dev = cast.people["zofia"], cast.people["dev"]
    action = _log(cast, "zofia", minutes(now, 330), "Extra bed for 233")
    item = _offer(action, zofia, dev, minutes(now, 320), When.IN_SHIFT, situation="A child comes along.", next_step="Bring the folding bed.")
    moves.accept(item_id=item.pk, by=dev, at=minutes(now, 318))
    moves.take_back(item_id=item.pk, by=zofia, reason="I am up there anyway.", at=minutes(now, 300))
    moves.complete(action_id=action.pk, by=zofia, words="It is there.", at=minutes(now, 280))
