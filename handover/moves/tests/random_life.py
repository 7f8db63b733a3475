"""The random life of two teams: every move by anybody, time that passes, and the engine that fires; for the property-based test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from accounts.models import Integration, Membership, Team, User
from audit.models import Event
from common.errors import Invalid, Refusal
from handover import moves
from handover.actions.models import Action
from handover.catalog.models import Service
from handover.checks.models import Check
from handover.followups.models import FollowUp
from handover.handovers.brief import Decline
from handover.handovers.models import Item
from handover.leaving import operations as leaving
from handover.leaving.operations import Plan
from handover.moves import by_rule
from handover.moves.invariants import INVARIANTS
from handover.shifts.ends import owe_ends
from handover.shifts.models import Rostering, Shift
from tests.fixtures.clock import put
from tests.stories import FOUR_PM, brief, fresh, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team, minutes

PEOPLE = ["Ana", "Ben", "Cem", "Lea", "Max", "Nia", "Uwe", "Adm", "Bot"]
WHO = st.sampled_from([*["right"] * 12, *PEOPLE])
NTH = st.integers(0, 5)
URGENCY = st.sampled_from(["routine", "soon", "urgent"])
AHEAD = st.sampled_from([45, 1, 20, 200, 600, -5])  # minutes
OUTCOME = st.sampled_from(["completed", "partly", "not_yet", "unable", "unable", "not_needed"])
WORDS = st.sampled_from(["Because.", "Said so.", "Once more.", ""])
TALLY: Counter[tuple[str, str]] = Counter()


def events() -> int:
    return Event.objects.count()


def one_question() -> str:
    """Every invariant's own question, in one statement: asked after each step, the database plans it as fast as Python could write it."""
    parts = []
    for ask in INVARIANTS:
        with CaptureQueriesContext(connection) as asked:
            ask()
        parts += [f"SELECT '{ask.__name__}' AS broken, wrong.* FROM ({each['sql']}) wrong (ref)" for each in asked]
    return " UNION ALL ".join(parts)


class TwoTeams(RuleBasedStateMachine):
    """Desk: Ana, Ben, Cem, lead Lea. Shop: Nia, lead Max. Uwe belongs to both, Adm administers, Bot is Desk's integration.

    Moves are made by the one who may (“right”) or by anybody. A refusal changes nothing; a move that is made again changes nothing.
    """

    teams: tuple[Team, Team]
    who: dict[str, User]
    shifts: list[Shift]
    services: list[Service | None]
    question: str

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.at = FOUR_PM + minutes(5)

    @classmethod
    def settle_down(cls) -> None:
        """The people and what they agreed, made once for all examples."""
        self = cls
        desk, shop = self.teams = make_team("Desk"), make_team("Shop", "Europe/Berlin")
        self.who = {name: make_colleague(name, desk, role="host") for name in ("Ana", "Ben", "Cem")}
        self.who |= {
            "Lea": make_colleague("Lea", desk, lead=True, role="host"),
            "Max": make_colleague("Max", shop, lead=True),
            "Nia": make_colleague("Nia", shop),
        }
        self.who |= {"Uwe": make_colleague("Uwe", desk, shop, role="host"), "Adm": make_colleague("Adm", is_administrator=True)}
        self.who["Bot"] = User.objects.create(kind="integration", display_name="Bot")
        Integration.objects.create(team=desk, user=self.who["Bot"], name="Bot")
        self.shifts = [
            make_shift(desk, "Late", FOUR_PM - hours(1), FOUR_PM + hours(2), self.who["Ana"], self.who["Uwe"]),
            make_shift(desk, "Night", FOUR_PM + hours(1), FOUR_PM + hours(12), self.who["Ben"], self.who["Cem"], self.who["Lea"]),
            make_shift(shop, "Shop", FOUR_PM - hours(1), FOUR_PM + hours(12), self.who["Nia"], self.who["Uwe"]),
        ]
        self.shifts += [make_shift(desk, f"Day {n}", FOUR_PM + hours(12 + 6 * n), FOUR_PM + hours(18 + 6 * n), self.who["Ana"]) for n in range(4)]
        owe_ends(self.shifts, at=FOUR_PM - hours(2))
        self.services = [None]
        for fields in ({"read_back": True, "roles": ("host",)}, {"to_team": shop}, {"colleague_may_go_past": True, "check_rule": "next_shift"}):
            version = make_agreement(desk, service=f"Service {len(self.services)}", **fields)
            self.services.append(version.agreement.point.service)
        self.begin_with_some(*(self.who[name] for name in ("Ana", "Ben", "Cem", "Nia")))
        self.question = one_question()

    @classmethod
    def begin_with_some(cls, ana: User, ben: User, cem: User, nia: User) -> None:
        """Something in every state, so that every example gets to every move."""
        later = {"at": FOUR_PM + minutes(2)}
        chain = make_accepted(ana, ben, action=make_action(ana, urgency="urgent"), when="end_of_shift")
        make_accepted(ben, cem, action=fresh(chain.action), when="end_of_shift", **later)
        make_offer(ana, ben, action=make_action(ana, service=cls.services[1], urgency="soon"), when="end_of_shift")
        make_accepted(ana, nia, action=make_action(ana, service=cls.services[2]))
        make_action(ana, pool=True, team=cls.teams[0])
        make_offer(ana, cem, when="end_of_shift")
        Action.objects.filter(pk=make_action(ana).pk).update(carried=3)
        moves.offer(entries=[brief(make_action(ana, urgency="urgent"))], by=ana, to_shift_id=cls.shifts[1].pk, at=FOUR_PM)
        done, unable, queried = (make_accepted(ana, ben, when="end_of_shift") for _ in range(3))
        moves.answer(check_id=done.checks.get().pk, by=ben, outcome="completed", **later)
        moves.answer(check_id=unable.checks.get().pk, by=ben, outcome="unable", words="No key.", **later)
        onward = make_offer(ben, cem, action=fresh(queried.action), when="end_of_shift", **later)
        moves.query(item_id=onward.pk, by=cem, text="Which room?", **later)

    @initialize(rota=st.booleans())
    def begin(self, rota: bool) -> None:
        if not rota:
            for item in Item.objects.filter(receiving_shift__isnull=False):
                moves.withdraw(item_id=item.pk, by=item.giver, at=self.at)
            Item.objects.exclude(receiving_shift=None).update(receiving_shift=None, receiver=self.who["Cem"])
            Rostering.objects.all().delete()
            Shift.objects.all().delete()
        self.has_rota = rota
        self.tick(0)

    def teardown(self) -> None:
        connection.check_constraints()
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # --- How a move is made

    def make(self, move: Callable[..., Any], *, most: int = 1, again: bool = True, **arguments: Any) -> Any:
        """Make it, and make it again: one event the first time, none the second. A refusal leaves no event."""
        before = events()
        arguments.setdefault("at", self.at)
        try:
            with transaction.atomic():
                made = move(**arguments)
        except Refusal as refusal:
            note(f"{move.__name__} by {arguments['by']}: refused, {refusal}")
            TALLY[move.__name__, "refused"] += 1
            assert str(refusal).strip() and (refusal.possible or isinstance(refusal, Invalid)), f"{refusal!r} does not say what would make it possible"
            assert events() == before
            return None
        assert events() - before <= most, f"{move.__name__} wrote {events() - before} events"
        note(f"{move.__name__} by {arguments['by']}: made")
        TALLY[move.__name__, "made"] += 1
        if again:
            before = events()
            try:
                with transaction.atomic():
                    move(**arguments)
            except Refusal as refusal:
                note(f"  and again: refused, {refusal}")
            assert events() == before, f"{move.__name__} made twice"
        return made

    def pick(self, rows: Any, nth: int) -> Any:
        """One of them, rather a recent one; ``None`` if there is none."""
        found = list(rows.order_by("-pk")[:6])
        return found[nth % len(found)] if found else None

    def person(self, name: str, right: User | None) -> User:
        """Read again, as each request does."""
        return fresh(right if name == "right" and right else self.who["Ana" if name == "right" else name])

    def receiver_of(self, item: Item) -> User:
        return item.receiver or self.who["Ben"]

    # --- Time

    @rule(ahead=st.sampled_from([0.2, 1, 6, 20, 45, 130, 500]))
    def tick(self, ahead: float) -> None:
        """Time passes, and whatever fell due fires."""
        self.at += minutes(ahead)
        put(f"SELECT timestamptz '{self.at.isoformat()}'")
        for _ in range(20):
            if not by_rule.tell_due() + by_rule.move_due():
                break
        assert not by_rule.due.Due.objects.live().exclude(trouble="").exists(), "a row could not be fired"

    # --- Actions

    @rule(
        who=WHO,
        team=st.integers(0, 1),
        holder=st.sampled_from(["self", "self", "self", "", *PEOPLE]),
        service=st.integers(0, 3),
        urgency=URGENCY,
        ahead=AHEAD,
        ref=st.sampled_from([None, "X-1"]),
    )
    def create(self, who: str, team: int, holder: str, service: int, urgency: str, ahead: float, ref: str | None) -> None:
        by = self.person(who, None)
        responsible = by if holder == "self" else self.person(holder, None) if holder else None
        promised_by = self.at + minutes(ahead) if ahead > 0 else None
        words = {"title": "Call back", "urgency": urgency, "promised_by": promised_by, "service": self.services[service], "external_ref": ref}
        self.make(moves.create, team=self.teams[team], by=by, responsible=responsible, again=ref is not None, **words)

    @rule(who=WHO, nth=NTH)
    def claim(self, who: str, nth: int) -> None:
        if action := self.pick(Action.objects.in_pool(), nth) or self.pick(Action.objects, nth):
            self.make(moves.claim, action_id=action.pk, by=self.person(who, None))

    @rule(who=WHO, nth=NTH, to=st.sampled_from(["", *PEOPLE]), reason=WORDS)
    def reassign(self, who: str, nth: int, to: str, reason: str) -> None:
        if action := self.pick(Action.objects, nth):
            self.make(moves.reassign, action_id=action.pk, by=self.person(who, self.who["Lea"]), to=self.person(to, None) if to else None, reason=reason)

    @rule(who=WHO, nth=NTH, how=st.sampled_from(["complete", "close"]), words=WORDS)
    def finish(self, who: str, nth: int, how: str, words: str) -> None:
        if action := self.pick(Action.objects.filter(state="held"), nth):
            more = {"words": words} if how == "complete" else {"reason": words}
            self.make(getattr(moves, how), action_id=action.pk, by=self.person(who, action.responsible), **more)

    @rule(who=WHO, nth=NTH, how=st.sampled_from(["reopen", "undo_complete"]))
    def reopen(self, who: str, nth: int, how: str) -> None:
        if action := self.pick(Action.objects.filter(**({"closed_at": self.at} if how == "undo_complete" and nth < 4 else {"closed_at__isnull": False})), nth):
            more = {"reason": "Not done."} if how == "reopen" else {}
            self.make(getattr(moves, how), action_id=action.pk, by=self.person(who, action.responsible), **more)

    @rule(who=WHO, nth=NTH, ahead=AHEAD, urgency=URGENCY, how=st.sampled_from(["edit", "promise", "note", "contact"]), told=st.booleans())
    def words(self, who: str, nth: int, ahead: float, urgency: str, how: str, told: bool) -> None:
        action = self.pick(Action.objects, nth)
        if not action:
            return
        common = {"action_id": action.pk, "by": self.person(who, action.responsible)}
        if how == "edit":
            self.make(moves.edit, urgency=urgency, promised_by=self.at + minutes(ahead) if ahead > 0 else None, service=action.service, **common)
        elif how == "promise":
            self.make(moves.promise, promised_by=self.at + minutes(ahead), customer_told=told, **common)
        elif how == "note":
            self.make(moves.note, text="Rang twice.", again=False, **common)
        else:
            self.make(moves.contact, text="Called.", chased=told, again=False, **common)

    # --- Handing over

    @rule(
        who=WHO,
        nth=NTH,
        many=st.integers(1, 2),
        to=st.sampled_from(["Ben", "Cem", "Ana", "shift", *PEOPLE]),
        when=st.sampled_from(["end_of_shift", "end_of_shift", "in_shift"]),
        override=WORDS,
        full=st.sampled_from([True] * 4 + [False]),
        check=AHEAD,
    )
    def offer(self, who: str, nth: int, many: int, to: str, when: str, override: str, full: bool, check: float) -> None:
        action = self.pick(Action.objects.open(), nth)
        if not action:
            return
        by = self.person(who, action.responsible)
        picked = [action, *Action.objects.held_by(by).exclude(pk=action.pk).order_by("pk")[: many - 1]]
        parts = {"situation": "Cold.", "next_step": "Call.", "done_so_far": "Rang.", "if_then": "Ask.", "promise": "A call", "promised_by": self.at + hours(1)}
        entries = [
            moves.Entry(one.pk, **(parts if full else {"situation": "Cold."}), check_at=self.at + minutes(check) if check > 0 else None) for one in picked
        ]
        if to == "shift":
            if not self.has_rota:
                return
            target = {"to_shift_id": self.shifts[nth % 3].pk}
        else:
            target = {"to": self.person(to, None)}
        self.make(moves.offer, most=len(entries), entries=entries, by=by, when=when, override_reason=override, **target)

    def on_offer(self, nth: int) -> Item | None:
        """Rather something on offer than something else."""
        return self.pick(Item.objects.on_offer(), nth) if nth < 5 else self.pick(Item.objects, nth)

    @rule(who=WHO, nth=NTH, words=WORDS)
    def accept(self, who: str, nth: int, words: str) -> None:
        if item := self.on_offer(nth):
            self.make(moves.accept, item_id=item.pk, by=self.person(who, self.receiver_of(item)), read_back=words)

    @rule(who=WHO, nth=NTH, words=WORDS, how=st.sampled_from(["decline", "query"]))
    def say_no_or_ask(self, who: str, nth: int, words: str, how: str) -> None:
        if item := self.on_offer(nth):
            more = {"reason": words} if how == "decline" else {"text": words}
            self.make(getattr(moves, how), item_id=item.pk, by=self.person(who, self.receiver_of(item)), **more)

    @rule(who=WHO, nth=NTH)
    def see(self, who: str, nth: int) -> None:
        if item := self.on_offer(nth):
            self.make(moves.see, item_id=item.pk, by=self.person(who, self.receiver_of(item)))

    @rule(who=WHO, nth=NTH, words=WORDS)
    def answer_query(self, who: str, nth: int, words: str) -> None:
        if item := self.pick(Item.objects.filter(queries__answered_at__isnull=True, queries__isnull=False), nth) or self.pick(Item.objects, nth):
            self.make(moves.answer_query, item_id=item.pk, by=self.person(who, item.giver), text=words)

    @rule(who=WHO, nth=NTH, words=WORDS)
    def withdraw(self, who: str, nth: int, words: str) -> None:
        if item := self.on_offer(nth):
            self.make(moves.withdraw, item_id=item.pk, by=self.person(who, item.giver), reason=words)

    @rule(who=WHO, nth=NTH, first=st.booleans())
    def undo_decline(self, who: str, nth: int, first: bool) -> None:
        if first and (item := self.on_offer(nth)):
            self.make(moves.decline, item_id=item.pk, by=self.person("right", self.receiver_of(item)), reason="No.")
        if said := self.pick(Decline.objects.filter(at=self.at) if nth < 4 else Decline.objects, nth):
            self.make(moves.undo_decline, item_id=said.item_id, by=self.person(who, said.colleague))

    @rule(who=WHO, nth=NTH, words=WORDS)
    def take_back(self, who: str, nth: int, words: str) -> None:
        if item := self.pick(Item.objects.filter(state="accepted"), nth) or self.pick(Item.objects, nth):
            self.make(moves.take_back, item_id=item.pk, by=self.person(who, item.giver), reason=words)

    @rule(who=WHO, nth=NTH, ahead=AHEAD)
    def remind_me(self, who: str, nth: int, ahead: float) -> None:
        if item := self.pick(Item.objects, nth):
            self.make(moves.remind_me, item_id=item.pk, by=self.person(who, item.giver), remind_at=self.at + minutes(ahead))

    @rule(who=WHO, nth=NTH, right=st.booleans(), words=WORDS)
    def answer_read_back(self, who: str, nth: int, right: bool, words: str) -> None:
        if item := self.pick(Item.objects.exclude(read_back=""), nth):
            self.make(moves.answer_read_back, item_id=item.pk, by=self.person(who, item.giver), right=right, words=words)

    @rule(who=WHO, nth=NTH, how=st.sampled_from(["see_outcome", "not_so"]))
    def on_outcome(self, who: str, nth: int, how: str) -> None:
        if item := self.pick(Item.objects.filter(state="ended"), nth):
            self.make(getattr(moves, how), item_id=item.pk, by=self.person(who, item.giver), **({"reason": "It rings."} if how == "not_so" else {}))

    # --- Seeing it through

    @rule(who=WHO, nth=NTH, question=WORDS)
    def ask_now(self, who: str, nth: int, question: str) -> None:
        if check := self.pick(Check.objects.unanswered(), nth) or self.pick(Check.objects, nth):
            self.make(moves.ask_now, check_id=check.pk, by=self.person(who, check.giver), question=question)

    @rule(who=WHO, nth=NTH, outcome=OUTCOME, ahead=AHEAD, words=WORDS, heard=st.booleans())
    def answer(self, who: str, nth: int, outcome: str, ahead: float, words: str, heard: bool) -> None:
        if check := self.pick(Check.objects.unanswered(), nth) or self.pick(Check.objects, nth):
            right = check.giver if heard else check.action.responsible
            self.make(moves.answer, check_id=check.pk, by=self.person(who, right), outcome=outcome, words=words, next_at=self.at + minutes(ahead))

    @rule(who=WHO, nth=NTH, decision=st.sampled_from(["take_back", "pass_on", "new_time", "escalate"]), ahead=AHEAD, told=st.booleans())
    def decide(self, who: str, nth: int, decision: str, ahead: float, told: bool) -> None:
        if owed := self.pick(FollowUp.objects.owed(), nth) or self.pick(FollowUp.objects, nth):
            more = {"new_time": self.at + minutes(ahead), "customer_told": told}
            self.make(moves.decide, follow_up_id=owed.pk, by=self.person(who, owed.owed_by), decision=decision, words="So.", **more)

    @rule(who=WHO, nth=NTH, ahead=st.sampled_from([45, 200, 600, 2000, -5]), words=WORDS, back=st.booleans())
    def put_off(self, who: str, nth: int, ahead: float, words: str, back: bool) -> None:
        held = Action.objects.filter(state="held")
        if action := self.pick(held.filter(put_off_until__isnull=not back), nth) or self.pick(held, nth):
            common = {"action_id": action.pk, "by": self.person(who, action.responsible)}
            if not action.put_off_until or not back:
                self.make(moves.put_off, until=self.at + minutes(ahead), reason=words, **common)
            if back:
                self.make(moves.bring_back, **common)

    @rule(who=WHO, nth=NTH, decision=st.sampled_from(moves.NowWhat.values), ahead=AHEAD, words=WORDS, told=st.booleans())
    def decide_carried(self, who: str, nth: int, decision: str, ahead: float, words: str, told: bool) -> None:
        if action := self.pick(Action.objects.to_be_decided(), nth) or self.pick(Action.objects, nth):
            more = {"decision": decision, "reason": words, "time": self.at + minutes(ahead), "customer_told": told}
            self.make(moves.decide_carried, action_id=action.pk, by=self.person(who, action.responsible), **more)

    @rule(who=WHO, nth=NTH, words=WORDS, how=st.sampled_from(["nothing_to_hand_over", "leave", "remind_to_hand_over"]))
    def end_of_shift(self, who: str, nth: int, words: str, how: str) -> None:
        if self.has_rota:
            more = {"reason": words} if how == "leave" else {"colleague": self.who["Ana"]} if how == "remind_to_hand_over" else {}
            right = self.who[{"remind_to_hand_over": "Lea", "nothing_to_hand_over": "Uwe"}.get(how, "Ana")]
            self.make(getattr(moves, how), shift_id=self.shifts[nth % 3].pk, by=self.person(who, right), **more)

    @rule(who=WHO, goes=st.sampled_from(PEOPLE[:7]), to=st.sampled_from(["", "Ben", "Max"]))
    def leave(self, who: str, goes: str, to: str) -> None:
        """A place in a team ends and, so that the story goes on, begins anew."""
        if (place := self.go(leaving.leave, who, goes, to)) and place.ended_at:
            Membership.objects.create(team=place.team, user=place.user, level=place.level).job_roles.set(place.job_roles.all())

    @rule(who=WHO, goes=st.sampled_from(PEOPLE[:7]), to=st.sampled_from(["", "Ben", "Max"]))
    def go_home(self, who: str, goes: str, to: str) -> None:
        self.go(leaving.go_home, who, goes, to)

    def go(self, move: Callable[..., Any], who: str, goes: str, to: str) -> Any:
        place = self.who[goes].memberships.get(ended_at=None, team=self.teams[goes in ("Max", "Nia")])
        plan = Plan(otherwise=self.person(to, None) if to else None)
        return self.make(move, membership_id=place.pk, by=self.person(who, self.who["Adm"]), plan=plan, most=99)

    # --- What holds after every step

    @invariant()
    def every_invariant_holds(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.question)
            assert cursor.fetchall() == []
