"""The vocabulary of the trail: what can have happened in the domain. ``data`` of an event holds ids, instants and digests, never a customer's words."""

from django.db import models


class Event(models.TextChoices):
    # Moves: each leaves exactly one of these.
    CREATED = "action.created", "created"
    CHANGED = "action.changed", "changed"
    PROMISED = "action.promised", "promise changed"
    NOTED = "action.noted", "note added"
    CONTACTED = "action.contacted", "customer in touch"
    CLAIMED = "action.claimed", "claimed from the pool"
    REASSIGNED = "action.reassigned", "reassigned"
    COMPLETED = "action.completed", "completed"
    CLOSED = "action.closed", "closed as no longer needed"
    REOPENED = "action.reopened", "reopened"
    OFFERED = "item.offered", "offered"
    SEEN = "item.seen", "seen"
    QUERIED = "item.queried", "question asked"
    QUERY_ANSWERED = "item.query_answered", "question answered"
    ACCEPTED = "item.accepted", "accepted"
    READ_BACK_ANSWERED = "item.read_back_answered", "read-back answered"
    DECLINED = "item.declined", "declined"
    DECLINE_UNDONE = "item.decline_undone", "decline undone"
    WITHDRAWN = "item.withdrawn", "withdrawn"
    OFFER_LAPSED = "item.offer_lapsed", "offer ran out"
    LAPSED = "item.lapsed", "acceptance lapsed"
    TAKEN_BACK = "item.taken_back", "taken back"
    OUTCOME_SEEN = "item.outcome_seen", "outcome seen"
    REMINDER_SET = "item.reminder_set", "reminder set"
    ASKED = "check.asked", "asked"
    ANSWERED = "check.answered", "answered"
    DECIDED = "follow_up.decided", "next step decided"
    NOTHING = "shift.nothing_to_hand_over", "nothing to hand over"
    IMPORTED = "imported", "imported"

    # What leads set up.
    PATTERN_ADDED = "rota.pattern_added", "shift pattern added"
    PATTERN_CHANGED = "rota.pattern_changed", "shift pattern changed"
    PATTERN_ENDED = "rota.pattern_ended", "shift pattern ended"
    SHIFTS_MADE = "rota.shifts_made", "shifts made"
    ROSTERED = "rota.rostered", "roster changed"
    SERVICE_ADDED = "catalog.service_added", "service added"
    SERVICE_CHANGED = "catalog.service_changed", "service changed"
    STARTER_ADOPTED = "catalog.starter_adopted", "starter set adopted"
    AGREEMENT_MADE = "agreement.made", "agreement made"
    AGREEMENT_CHANGED = "agreement.changed", "agreement changed"

    # What colleagues learn.
    PRACTISED = "practice.done", "practice handover done"
