"""What a request costs in statements (docs/performance.md, P1 and P2): counted with everything that a client would see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handover.actions.models import Action
from tests.stories import make_agreement


@pytest.fixture
def statements():
    """``statements(call)``: the SQL that a call sends, savepoints included; BEGIN and COMMIT are not counted."""

    def count(call):
        with CaptureQueriesContext(connection) as caught:
            response = call()
        assert response.status_code in (200, 201, 304), response.content
        return [query["sql"] for query in caught.captured_queries if query["sql"] not in ("BEGIN", "COMMIT")]

    return count


def body(desk, **more):
    promised_by = (timezone.now() + timedelta(hours=2)).isoformat()
    return {"title": "Warm room", "promise": "A warm room", "promised_by": promised_by, "customer_name": "Mrs Ellis", "urgency": "urgent", **more}


@pytest.mark.django_db(transaction=True)
def test_logging_an_action_costs_at_most_ten_statements_with_everything(desk, statements):
    service = make_agreement(desk.team).agreement.point.service
    desk.as_booking.do("/actions/", **body(desk))  # the token's last use is written once a minute
    sent = statements(lambda: desk.as_booking.send("/actions/", body(desk, service=service.pk, external_ref="B-1"), Idempotency_Key="k-1"))
    assert len(sent) <= 10, "\n".join(sent)
    assert Action.objects.get(external_ref="B-1").service == service


@pytest.mark.django_db(transaction=True)
def test_an_action_for_somebody_costs_a_look_at_them_and_a_notice(desk, statements):
    desk.as_booking.do("/actions/", **body(desk))
    sent = statements(lambda: desk.as_booking.send("/actions/", body(desk, responsible=desk.ana.pk), Idempotency_Key="k-2"))
    assert len(sent) <= 11, "\n".join(sent)


def test_a_page_of_fifty_costs_three_statements_whatever_is_in_it(desk, statements):
    for number in range(3):
        desk.as_booking.do("/actions/", **body(desk, title=f"Action {number}", responsible=desk.ana.pk))
    few = statements(lambda: desk.as_booking.read("/actions/"))
    for number in range(60):
        desk.as_booking.do("/actions/", **body(desk, title=f"Another {number}"))
    many = statements(lambda: desk.as_booking.read("/actions/"))
    assert len(few) == len(many) == 3, "\n".join(many)


def test_nothing_new_costs_no_row(desk, statements):
    desk.as_booking.do("/actions/", **body(desk))
    etag = desk.as_booking.read("/actions/")["ETag"]
    assert len(statements(lambda: desk.as_booking.read("/actions/", If_None_Match=etag))) == 2
