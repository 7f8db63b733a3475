"""A policy is written, published, read and acknowledged, version by version; who has not is told, and then the lead."""

from datetime import date, timedelta

import pytest

from common.errors import Invalid, NotAllowed, Refusal, StaleVersion
from handover.catalog.models import Service
from handover.due.models import Due, Rule
from handover.moves import by_rule
from handover.notifications.models import Kind, Notification
from handover.policies import operations, queries
from handover.policies.models import Policy, PolicyAcknowledgement
from handover.policies.operations import About, Wording
from tests.stories import FOUR_PM, fresh, make_agreement, make_colleague, make_team

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def desk():
    return make_team()


@pytest.fixture
def admin():
    return make_colleague("Ada", is_administrator=True)


@pytest.fixture
def people(desk):
    return make_colleague("Ana", desk), make_colleague("Ben", desk), make_colleague("Leila", desk, lead=True)


@pytest.fixture
def moves_service(desk):
    return make_agreement(desk, service="Room moves").agreement.point.service


def written(by, *services, title="Guests with access needs", body="Never give a room up before the guest has seen the other.", hints=None, at=FOUR_PM):
    about = About(kind="code", title=title, kept_by="Duty manager", services=[one.pk for one in services], hints=hints or {})
    return operations.add(by=by, at=at, about=about, wording=Wording(body=body, in_force_from=at.date()))


def published(by, *services, at=FOUR_PM, **words):
    policy = written(by, *services, at=at, **words)
    operations.publish(policy=policy, by=by, at=at)
    return policy


def republished(policy, by, at, **words):
    wording = Wording(**{"body": "Ask first.", "in_force_from": at.date(), "what_changed": "Shorter.", **words})
    operations.draft(policy=policy, by=by, at=at, wording=wording)
    return operations.publish(policy=policy, by=by, at=at)


def fire():
    return by_rule.tell_due() + by_rule.move_due()


def standing(kind=Kind.POLICY):
    return set(Notification.objects.filter(kind=kind, settled_at__isnull=True).values_list("recipient__display_name", flat=True))


def test_a_published_policy_is_asked_of_the_teams_whose_services_it_is_for_and_of_nobody_else(admin, people, moves_service):
    make_colleague("Zoe", make_team("Shop"))
    policy = written(admin, moves_service)
    assert not standing(), "a draft asks nobody"
    operations.publish(policy=policy, by=admin, at=FOUR_PM)
    assert standing() == {"Ana", "Ben", "Leila"}
    assert [one.policy for one in queries.to_acknowledge(people[0])] == [policy]


def test_a_policy_that_is_for_no_service_in_particular_concerns_every_team(admin, people):
    zoe = make_colleague("Zoe", make_team("Shop"))
    policy = published(admin)
    assert standing() == {"Ana", "Ben", "Leila", "Zoe"}
    assert policy in Policy.objects.visible_to(zoe)


def test_another_team_sees_neither_a_policy_for_our_services_nor_does_anybody_a_draft(admin, people, moves_service):
    zoe = make_colleague("Zoe", make_team("Shop"))
    ours, draft = published(admin, moves_service), written(admin, title="Not yet")
    assert set(Policy.objects.visible_to(zoe)) == set()
    assert set(Policy.objects.visible_to(people[0])) == {ours}
    assert set(Policy.objects.visible_to(admin)) == {ours, draft}


def test_acknowledging_settles_what_asked_for_it_and_saying_it_twice_changes_nothing(admin, people, moves_service):
    ana, _, _ = people
    policy = published(admin, moves_service)
    first = operations.acknowledge(policy=policy, by=ana, at=FOUR_PM, number=1)
    again = operations.acknowledge(policy=policy, by=ana, at=FOUR_PM + DAY, number=1)
    assert (first.pk, again.at) == (again.pk, FOUR_PM)
    assert standing() == {"Ben", "Leila"}
    assert not queries.to_acknowledge(ana)


def test_a_new_version_asks_those_anew_who_had_read_the_last_one(admin, people, moves_service):
    ana, ben, _ = people
    policy = published(admin, moves_service)
    operations.acknowledge(policy=policy, by=ana, at=FOUR_PM, number=1)
    newest = republished(policy, admin, FOUR_PM + DAY)
    assert newest.number == 2
    assert standing() == {"Ana", "Ben", "Leila"}
    assert Notification.objects.filter(kind=Kind.POLICY, recipient=ben, settled_at__isnull=True).count() == 1, "the first version is not asked for any more"
    with pytest.raises(StaleVersion, match="newer version"):
        operations.acknowledge(policy=policy, by=ben, at=FOUR_PM + DAY, number=1)


def test_after_a_week_who_has_not_read_it_is_reminded_and_after_another_the_lead_is_told(admin, people, moves_service, database_clock):
    ana, ben, leila = people
    policy = published(admin, moves_service)
    for one in (ana, leila):
        operations.acknowledge(policy=policy, by=one, at=FOUR_PM, number=1)

    database_clock(FOUR_PM + 7 * DAY)
    fire()
    reminded = Notification.objects.filter(kind=Kind.POLICY, due__step=1)
    assert [(one.recipient, one.title, one.path) for one in reminded] == [(ben, f"Read and acknowledge: {policy.title}", policy.get_absolute_url())]

    database_clock(FOUR_PM + 14 * DAY)
    fire()
    told = Notification.objects.filter(kind=Kind.POLICY, due__step=2)
    assert [(one.recipient, one.title) for one in told] == [(leila, f"Not everybody in the team has read it yet: {policy.title}")]

    # When the last of the team has read it, nothing waits any more
    operations.acknowledge(policy=policy, by=ben, at=FOUR_PM + 15 * DAY, number=1)
    assert not standing()


def test_nobody_is_reminded_of_what_everybody_has_read_or_what_is_over(admin, people, moves_service, database_clock):
    read, over = published(admin, moves_service), published(admin, moves_service, title="Old rule")
    for one in people:
        operations.acknowledge(policy=read, by=one, at=FOUR_PM, number=1)
    operations.end(policy=over, by=admin, at=FOUR_PM)
    assert not Due.objects.live().filter(rule=Rule.POLICY)
    assert not standing()
    assert not queries.to_acknowledge(people[0])
    with pytest.raises(Refusal, match="does not apply"):
        operations.acknowledge(policy=over, by=people[0], at=FOUR_PM, number=1)


def test_a_new_colleague_is_on_the_list_from_the_first_day_though_nobody_wrote_anything_down(admin, people, desk, moves_service):
    policy = published(admin, moves_service)
    for one in people:
        operations.acknowledge(policy=policy, by=one, at=FOUR_PM, number=1)
    new = make_colleague("Noor", desk)
    version = policy.versions.get()
    assert [one.user for one in queries.not_read_by(version, [desk.pk]).rows] == [new]
    assert [one.policy for one in queries.to_acknowledge(new)] == [policy]


def test_a_lead_sees_who_of_their_own_team_has_not_read_it_page_by_page(admin, people, desk, django_assert_num_queries):
    shop = make_team("Shop")
    make_colleague("Zoe", shop)
    for number in range(30):
        make_colleague(f"Colleague {number}", desk)
    policy = published(admin)
    version = policy.versions.get()
    with django_assert_num_queries(3):
        first = queries.not_read_by(version, [desk.pk], size=20)
    second = queries.not_read_by(version, [desk.pk], cursor=first.next_cursor, size=20)
    names = [one.user.display_name for one in first.rows + second.rows]
    assert (len(first.rows), len(names), len(set(names))) == (20, 33, 33)
    assert "Zoe" not in names
    assert "Zoe" in {one.user.display_name for one in queries.not_read_by(version, None, size=99).rows}


def test_linking_it_to_another_team_asks_that_team_and_unlinking_stops_asking(admin, people, moves_service):
    shop = make_team("Shop")
    make_colleague("Zoe", shop)
    returns = Service.objects.create(team=shop, name="Returns")
    policy = published(admin, moves_service)
    about = About(kind="law", title=policy.title, kept_by="Legal", services=[returns.pk])
    operations.change(policy=policy, by=admin, at=FOUR_PM + DAY, about=about)
    assert standing() == {"Zoe"}
    assert {one.team for one in Due.objects.live().filter(rule=Rule.POLICY)} == {shop}
    assert fresh(policy).kept_by == "Legal"


def test_only_an_administrator_writes_and_only_who_it_concerns_acknowledges(admin, people, moves_service):
    ana, _, leila = people
    policy = published(admin, moves_service)
    zoe = make_colleague("Zoe", make_team("Shop"))
    for attempt in (
        lambda: written(leila, title="Another"),
        lambda: operations.publish(policy=policy, by=leila, at=FOUR_PM),
        lambda: operations.end(policy=policy, by=ana, at=FOUR_PM),
        lambda: operations.acknowledge(policy=policy, by=zoe, at=FOUR_PM, number=1),
        lambda: operations.acknowledge(policy=policy, by=admin, at=FOUR_PM, number=1),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert not PolicyAcknowledgement.objects.exists()


def test_what_was_published_never_changes_and_the_next_version_says_what_has(admin, people, moves_service):
    policy = published(admin, moves_service, body="Ask twice.")
    with pytest.raises(Invalid, match="what has changed"):
        operations.draft(policy=policy, by=admin, at=FOUR_PM, wording=Wording(body="Ask once.", in_force_from=FOUR_PM.date()))
    ahead = FOUR_PM.date() + 10 * DAY
    republished(policy, admin, FOUR_PM, body="Ask once.", in_force_from=ahead)
    assert [one.body for one in policy.versions.order_by("number")] == ["Ask twice.", "Ask once."]
    assert queries.in_force_of(policy, ahead - DAY).number == 1
    assert queries.in_force_of(policy, ahead).number == 2
    assert queries.newest_of(policy).number == 2, "it is read before it holds"
    assert operations.publish(policy=policy, by=admin, at=FOUR_PM).number == 2, "publishing twice is harmless"


def test_a_draft_is_written_anew_and_two_policies_never_share_a_title(admin):
    policy = written(admin)
    operations.draft(policy=policy, by=admin, at=FOUR_PM, wording=Wording(body="Better.", in_force_from=date(2026, 4, 1)))
    assert policy.versions.get().body == "Better."
    with pytest.raises(Invalid, match="of this title"):
        written(admin, title="guests with ACCESS needs")


def test_rules_that_apply_to_a_service_are_its_own_and_everybodys(admin, people, desk, moves_service, django_assert_num_queries):
    other = Service.objects.create(team=desk, name="Late arrivals")
    own, everybodys = published(admin, moves_service), published(admin, title="Data protection")
    operations.end(policy=published(admin, title="Over"), by=admin, at=FOUR_PM)
    written(admin, title="A draft")
    with django_assert_num_queries(2):
        found = queries.for_services([moves_service.pk, other.pk])
    assert found == {moves_service.pk: [own, everybodys], other.pk: [everybodys]}


def test_a_hint_stands_beside_its_field_for_the_services_that_it_is_about(admin, people, desk, moves_service):
    other = Service.objects.create(team=desk, name="Late arrivals")
    published(admin, moves_service, hints={"situation": "Say what the guest needs, not what they have."})
    published(admin, title="Data protection", hints={"customer": "A name and a room are enough.", "situation": "No health data."})

    def said(ids):
        return {place: [(one.sentence, tuple(one.names)) for one in found] for place, found in queries.hints(ids).items()}

    law = {"customer": [("A name and a room are enough.", ())]}
    assert said([]) == said([other.pk]) == {**law, "situation": [("No health data.", ())]}
    both = [("No health data.", ()), ("Say what the guest needs, not what they have.", ("Room moves",))]
    assert said([moves_service.pk]) == {**law, "situation": both}
