"""The document against the product: over a thousand made-up requests, in and out of the schema, on a small world of real things.

No server error, no status, content type or body that the document does not know, and nothing
accepted that it forbids. Derandomized: the same requests every time.
"""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest
import schemathesis
from django.middleware.csrf import _get_new_csrf_string
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from config.wsgi import application
from handover import moves
from handover.agreements import operations as agreements
from handover.agreements.operations import Terms
from handover.notifications.models import Notification
from handover.policies import operations as policies
from handover.policies.models import Policy
from handover.shifts import swap_operations
from reviews.evidence import operations as evidence
from tests.api.clients import make_token
from tests.stories import make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
EXAMPLES = {GenerationMode.POSITIVE: 8, GenerationMode.NEGATIVE: 3}  # for each operation and asker
HOW = {"deadline": None, "derandomize": True, "database": None, "phases": [Phase.generate], "suppress_health_check": list(HealthCheck)}
NAMED = {"responsible", "to", "receiver", "giver", "owed_by", "colleague", "stand_in", "otherwise", "watch_to"}


@pytest.fixture
def world(desk) -> SimpleNamespace:
    """Something in most states, so that made-up requests meet real things."""
    now = timezone.now()
    version = make_agreement(desk.team, read_back=True, must=("Which room?",))
    service = version.agreement.point.service
    shift = make_shift(desk.team, "Late", now - timedelta(hours=2), now + timedelta(hours=6), desk.ana, desk.ben)
    held = make_action(desk.ana, at=now, service=service, promised_by=now + timedelta(hours=1))
    pool = make_action(desk.ana, at=now, pool=True, promised_by=None)
    offered = make_offer(desk.ana, desk.ben, at=now)
    accepted = make_accepted(desk.ana, desk.ben, at=now)
    unable = make_accepted(desk.ana, desk.ben, at=now)
    moves.answer(check_id=unable.checks.get().pk, by=desk.ben, at=now, outcome="unable", words="The line is dead.")
    done = make_accepted(desk.ana, desk.ben, at=now)
    moves.complete(action_id=done.action_id, by=desk.ben, at=now)
    items = [offered, accepted, unable, done]
    desk.refs = {
        "actions": [held.ref, pool.ref, *(item.action.ref for item in items)],
        "items": [item.ref for item in items],
        "handovers": [item.handover.ref for item in items],
        "checks": [check.ref for item in items for check in item.checks.all()],
        "follow-ups": [unable.followups.get().ref],
        "shifts": [shift.ref],
    }
    desk.ids = {"team": desk.team.pk, "service": service.pk, "required": version.required.get().pk}
    notice = Notification.objects.filter(recipient=desk.ana).latest("pk")
    desk.keys = {"teams": desk.team.pk, "services": service.pk, "notifications": notice.pk}
    proposed = make_agreement(desk.team, service="Payments")
    agreements.propose(agreement=proposed.agreement, by=desk.ana, at=now, terms=Terms(trigger="Money goes back"), named=[desk.lea.pk, desk.ben.pk])
    desk.refs["agreements"] = [version.agreement.ref, proposed.agreement.ref]
    desk.ids["point"] = version.agreement.point_id
    later = make_shift(desk.team, "Late", now + timedelta(days=3), now + timedelta(days=3, hours=8), desk.ana)
    desk.refs["shifts"].append(later.ref)
    desk.refs["swaps"] = [swap_operations.offer_swap(shift=later, to=desk.ben, by=desk.ana, at=now).ref]
    desk.refs["absences"] = [moves.tell_absence(team=desk.team, colleague=desk.ben, by=desk.ben, at=now, starts_at=now + timedelta(days=9)).ref]
    desk.keys["memberships"] = desk.ana.memberships.get().pk
    desk.refs["policies"], desk.keys["procedures"] = [a_policy(service, at=now).ref], desk.team.pk
    evidence.turn_on(by=desk.ana, at=now, standard="A", since=now.date())
    evidence.pick_newest(by=desk.ana, at=now, zone=desk.team.tz)
    desk.people = [desk.ana.pk, desk.ben.pk, desk.lea.pk]
    return desk


def a_policy(service, *, at) -> Policy:
    ada = make_colleague("Ada", is_administrator=True)
    about = policies.About(kind="law", title="Least data", kept_by="Ada", services=[service.pk], hints={"promise": "A time of the clock."})
    made = policies.add(by=ada, at=at, about=about, wording=policies.Wording("A name and a room.", at.date()))
    policies.publish(policy=made, by=ada, at=at)
    return made


def by_token(world) -> dict[str, dict[str, str]]:
    return {"headers": {"Authorization": f"Bearer {make_token(world.booking)}"}}


def by_session(world) -> dict[str, dict[str, str]]:
    """Ana's session in a browser, with the token that keeps other sites from writing in it."""
    secret = _get_new_csrf_string()
    session = world.as_ana.cookies["sessionid"].value
    return {"headers": {"X-CSRFToken": secret}, "cookies": {"sessionid": session, "csrftoken": secret}}


def real(case, world, draw) -> None:
    """Put real references and ids where the request names something: made-up ones are hardly ever there."""
    of = case.operation.path.split("/")[3]
    if case.path_parameters:
        if "ref" in case.path_parameters and of in world.refs:
            case.path_parameters["ref"] = draw(st.sampled_from(world.refs[of]))
        elif "id" in case.path_parameters and of in world.keys:
            case.path_parameters["id"] = world.keys[of]
    for sent in (case.query, case.body):
        put_real(sent, world, draw)


def put_real(sent, world, draw) -> None:
    if isinstance(sent, list):
        for inner in sent:
            put_real(inner, world, draw)
    elif isinstance(sent, dict) or hasattr(sent, "items"):
        for name, value in list(sent.items()):
            if name in NAMED and isinstance(value, int):
                sent[name] = draw(st.sampled_from(world.people))
            elif name in world.ids and isinstance(value, int):
                sent[name] = world.ids[name]
            elif name in ("action", "item", "to_shift", "shift", "return_shift") and isinstance(value, str):
                sent[name] = draw(st.sampled_from(world.refs["shifts" if "shift" in name else f"{name}s"]))
            else:
                put_real(value, world, draw)


def bombard(operation, mode, world, who, answers, wrong) -> None:
    """Make requests of one operation; count their answers, and keep what the document does not say."""

    @settings(max_examples=EXAMPLES[mode], **HOW)
    @given(data=st.data(), case=operation.as_strategy(generation_mode=mode))
    def ask(data, case):
        if mode == GenerationMode.POSITIVE:
            real(case, world, data.draw)
        response = case.call(**who)
        answers[response.status_code] += 1
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as failures:
            wrong.extend(f"{operation.label}: {failure}" for failure in failures.exceptions)

    with suppress(Unsatisfiable):  # where nothing is sent, nothing can be wrong about it
        ask()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("asker", [by_token, by_session])
def test_the_document_is_true(world, asker):
    document = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    document.config.generation.update(with_security_parameters=False)  # who asks is not made up
    who, answers, wrong = asker(world), Counter(), []
    for found in document.get_all_operations():
        for mode in EXAMPLES:
            bombard(found.ok(), mode, world, who, answers, wrong)
    assert not wrong, f"{len(wrong)}, such as\n" + "\n".join(wrong[:10])
    assert not [status for status in answers if status >= 500]
    assert sum(answers.values()) >= 500, answers
    assert answers[200] + answers[201] >= 100, "hardly anything was understood"
