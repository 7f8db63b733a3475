"""The pages of shifts and their reports: recorded statements, and what they do with what is not right."""

import pytest
from django.utils import timezone

from handover.reports import operations
from handover.reports.models import ShiftReport
from tests.stories import hours, make_colleague, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    team = make_team()
    team.ana, team.ben = make_colleague("Ana", team), make_colleague("Ben", team)
    now = timezone.now()
    team.past = [make_shift(team, f"Shift {n}", now - hours(8 * n + 8), now - hours(8 * n) - minutes(5), team.ana if n % 2 else team.ben) for n in range(4)]
    client.force_login(team.ana)
    return team


def sign_both(desk, shift, by, then):
    operations.sign(shift_id=shift.pk, by=by, side="outgoing", at=shift.ends_at)
    operations.sign(shift_id=shift.pk, by=then, side="incoming", at=shift.ends_at)


def test_row_56_the_list_puts_unsigned_shifts_first_in_statements_that_do_not_grow(desk, client, django_assert_max_num_queries):
    sign_both(desk, desk.past[3], desk.ana, desk.ben)
    with django_assert_max_num_queries(14) as first:
        page = client.get("/shifts/").content.decode()
    assert page.index("Not signed by both") < page.index("All that have ended") and page.count("Signed by both") == 1
    now = timezone.now()
    for number in range(30):
        make_shift(desk, f"Old {number}", now - hours(300 + 8 * number), now - hours(293 + 8 * number), desk.ana)
    with django_assert_max_num_queries(len(first)):
        page = client.get("/shifts/").content.decode()
    assert "cursor=" in page


def test_the_list_goes_on_by_position_and_keeps_its_filter(desk, client):
    now = timezone.now()
    for number in range(30):
        make_shift(desk, f"Old {number}", now - hours(300 + 8 * number), now - hours(293 + 8 * number), desk.ana)
    page = client.get("/shifts/?state=unsigned").content.decode()
    following = page.split('rel="next" href="?')[1].split('"')[0].replace("&amp;", "&")
    assert following.startswith("state=unsigned&cursor=")
    second = client.get(f"/shifts/?{following}").content.decode()
    assert "Old 29" in second and "Shift 0" not in second
    assert client.get("/shifts/?cursor=nonsense").status_code == 422


def test_a_kept_report_that_was_changed_behind_the_products_back_is_told(desk, client):
    shift = desk.past[3]
    sign_both(desk, shift, desk.ana, desk.ben)
    address = f"/shifts/{shift.ref}/report/"
    assert "This is not what was signed." not in client.get(address).content.decode()
    content = ShiftReport.objects.get().content
    ShiftReport.objects.update(content={**content, "crew": ["Nobody"]})
    assert "This is not what was signed." in client.get(address).content.decode()


def test_what_is_not_right_is_said_and_kept(desk, client):
    address = f"/shifts/{desk.past[1].ref}/report/"
    for sent in ({}, {"side": "sideways"}, {"side": "outgoing", "on_behalf_of": "x"}, {"side": "outgoing", "on_behalf_of": "999999"}, {"side": "incoming"}):
        assert client.post(f"{address}sign/", sent).status_code == 422, sent
    assert client.post(f"{address}add/", {"text": ""}).status_code == 422
    refused = client.post(f"{address}add/", {"text": "She moved at once"})
    assert refused.status_code == 422 and "not signed yet" in refused.content.decode()
    assert not ShiftReport.objects.exists()


def test_without_a_rota_the_link_leads_to_an_empty_list(client):
    client.force_login(make_colleague("Ana", make_team()))
    assert "No shift has ended yet" in client.get("/shifts/report/", follow=True).content.decode()


def test_nothing_of_it_is_kept_by_the_browser(desk, client):
    answer = client.get(f"/shifts/{desk.past[0].ref}/report.pdf")
    assert "no-store" in answer["Cache-Control"] and answer["Content-Disposition"].startswith("attachment")
