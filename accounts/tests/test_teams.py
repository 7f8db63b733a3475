"""Teams, memberships, job roles: who decides, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import operations, queries
from accounts.models import JobRole, Level, Membership, Preference, Team, User
from accounts.tests.making import NINE, make_administrator, make_colleague, make_colleagues, make_lead, make_team, place_of
from audit.models import Event as Line
from common.errors import Invalid, NotAllowed, Refusal

pytestmark = pytest.mark.django_db


def test_an_address_is_unique_without_regard_to_case():
    make_colleague("Ana")
    with pytest.raises(Invalid, match="here already"):
        operations.add_person(email="ANA@Example.COM", display_name="Another Ana", by=None, at=NINE)


def test_the_database_itself_refuses_the_same_address_in_other_case():
    make_colleague("Ana")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Ana@example.com", display_name="Ana")


def test_many_imported_names_have_no_address_but_a_person_needs_one():
    User.objects.create(display_name="Opened by 8", kind="imported", source="uci")
    User.objects.create(display_name="Opened by 9", kind="imported", source="uci")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(display_name="Nobody", kind="person")


def test_only_an_administrator_makes_teams():
    team = make_team()
    with pytest.raises(NotAllowed):
        operations.create_team(name="Quay House", by=make_lead(team=team), at=NINE)
    assert operations.create_team(name="Quay House", by=make_administrator(), at=NINE).zone == "Europe/London"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "GMT+1", "", "../etc/passwd"])
def test_a_team_needs_a_zone_that_exists(zone):
    with pytest.raises(Invalid):
        make_team(zone=zone)


def test_team_names_are_unique():
    make_team("Harbour View")
    with pytest.raises(Invalid, match="of this name"):
        make_team("HARBOUR VIEW")


def test_a_lead_sets_level_and_job_roles(client):
    # Given a team with a porter's role
    team = make_team()
    lead, ana = make_lead(team=team), make_colleague("Ana", team=team)
    porter = operations.add_job_role(team_id=team.pk, name="porter", by=lead, at=NINE)

    # When the lead makes Ana a porter and a lead
    client.force_login(lead)
    place = place_of(ana, team)
    response = client.post(reverse("accounts:member", args=[place.pk]), {"level": "lead", "job_roles": [porter.pk]})

    # Then she is both, and the trail holds both sides without a name
    assert response.status_code == 302
    place = place_of(ana, team)
    assert place.is_lead and place.roles_line() == "porter"
    line = Line.objects.get(kind="membership.changed")
    assert line.data == {
        "user": ana.pk,
        "from": {"level": "member", "job_roles": []},
        "to": {"level": "lead", "job_roles": [porter.pk]},
    }


def test_another_teams_job_role_is_refused_in_a_body(client):
    team, other = make_team(), make_team("Quay House")
    lead, ana = make_lead(team=team), make_colleague("Ana", team=team)
    operations.add_job_role(team_id=team.pk, name="porter", by=None, at=NINE)
    foreign = operations.add_job_role(team_id=other.pk, name="chef", by=None, at=NINE)
    client.force_login(lead)

    response = client.post(reverse("accounts:member", args=[place_of(ana, team).pk]), {"level": "member", "job_roles": [foreign.pk]})

    assert response.status_code == 422
    assert not place_of(ana, team).job_roles.exists()
    with pytest.raises(Invalid):
        operations.change_membership(membership_id=place_of(ana, team).pk, level="member", job_role_ids=[foreign.pk], by=lead, at=NINE)


def test_the_last_lead_cannot_leave_the_team_without_one():
    team = make_team()
    lead = make_lead(team=team)
    with pytest.raises(Refusal, match="no lead"):
        operations.change_membership(membership_id=place_of(lead, team).pk, level=Level.MEMBER, job_role_ids=[], by=lead, at=NINE)


def test_a_member_sees_the_team_but_changes_nothing(client):
    team = make_team()
    ana, ben = make_colleagues("Ana", "Ben", team=team)
    client.force_login(ana)

    page = client.get("/settings/team/").content.decode()

    assert "Ben" in page and "Invite a colleague" not in page
    assert client.post(reverse("accounts:invite"), {"invite-email": "x@example.com"}).status_code == 403
    assert client.get(reverse("accounts:member", args=[place_of(ben, team).pk])).status_code == 403


def test_a_job_role_is_renamed_and_its_name_stays_unique(client):
    team = make_team()
    client.force_login(make_lead(team=team))
    client.post(reverse("accounts:add-job-role"), {"name": "porter"})
    client.post(reverse("accounts:add-job-role"), {"name": "host"})
    role = JobRole.objects.get(name="porter")

    assert client.post(reverse("accounts:rename-job-role", args=[role.pk]), {"name": "HOST"}).status_code == 422
    assert client.post(reverse("accounts:rename-job-role", args=[role.pk]), {"name": "night porter"}).status_code == 302
    assert sorted(JobRole.objects.values_list("name", flat=True)) == ["host", "night porter"]


def test_what_belongs_to_another_team_is_not_found(client):
    # Given a lead of one team, and another team with everything in it
    team, other = make_team(), make_team("Quay House")
    zoe = make_lead("Zoe", team=other)
    role = operations.add_job_role(team_id=other.pk, name="chef", by=None, at=NINE)
    invitation, _ = operations.invite(team_id=other.pk, email="new@example.com", display_name="New", by=zoe, at=NINE)
    device, _ = operations.enrol_device(team_id=other.pk, name="Desk", by=zoe, at=NINE)
    client.force_login(make_lead(team=team))

    # Then none of it is there for them, whatever they try
    for name, key in [
        ("member", place_of(zoe, other).pk),
        ("reset-link", place_of(zoe, other).pk),
        ("rename-job-role", role.pk),
        ("withdraw-invitation", invitation.pk),
        ("revoke-device", device.pk),
    ]:
        assert client.post(reverse(f"accounts:{name}", args=[key]), {"name": "x", "level": "lead"}).status_code == 404
    assert client.post(reverse("accounts:switch-team"), {"team": other.pk}).status_code == 404
    for name in ("teams", "integrations", "set-up", "administrators"):
        assert client.get(reverse(f"accounts:{name}")).status_code == 404


@pytest.mark.parametrize("number", ["", "x", "-1", "0", "99999999999999999999", "٣"])
def test_a_team_that_cannot_be_is_not_found(client, number):
    client.force_login(make_colleague("Ana", team=make_team()))
    assert client.post(reverse("accounts:switch-team"), {"team": number}).status_code == 404


def test_switching_the_team_holds_for_the_session(client):
    # Given Ana in two teams
    quay, harbour = make_team("Quay House"), make_team("Harbour View")
    ana = make_colleague("Ana", team=quay)
    operations.add_colleague(team_id=harbour.pk, email=ana.email, display_name="Ana", by=None, at=NINE)
    client.force_login(ana)
    assert client.get("/settings/team/").context["team"] == harbour  # the first by name

    # When she switches
    client.post(reverse("accounts:switch-team"), {"team": quay.pk})

    # Then she is there, until her place in it has ended
    assert client.get("/settings/team/").context["team"] == quay
    Membership.objects.filter(user=ana, team=quay).update(ended_at=NINE)
    assert client.get("/settings/team/").context["team"] == harbour


def test_an_administrator_may_pick_any_team(client):
    Team.objects.create(name="Imported", source="uci")
    quay = make_team("Quay House")
    client.force_login(make_administrator())
    assert client.get("/settings/team/").context["team"] == quay
    client.post(reverse("accounts:switch-team"), {"team": Team.objects.get(source="uci").pk})
    assert client.get("/settings/team/").context["team"].name == "Imported"


def test_the_current_team_costs_one_query_and_answers_what_comes_after(django_assert_num_queries):
    team = make_team()
    ana = User.objects.get(pk=make_colleague("Ana", team=team).pk)
    with django_assert_num_queries(1):
        place = queries.place_of(ana, chosen=None)
        assert (place.team, place.membership.user_id, ana.team_ids()) == (team, ana.pk, [team.pk])
        assert not ana.is_lead_of(team.pk)


def test_whoever_is_in_no_team_is_told_so(client):
    client.force_login(make_colleague("Ana"))
    assert "You are in no team" in client.get("/settings/team/").content.decode()


def test_a_team_turns_to_its_leads_else_to_the_administrators():
    team, boss = make_team(), make_administrator()
    assert queries.leads_of(team.pk) == [boss]
    lead = make_lead(team=team)
    assert queries.leads_of(team.pk) == [lead]


def test_an_administrator_makes_and_changes_a_team(client):
    client.force_login(make_administrator())
    assert client.post("/settings/teams/", {"name": "Quay House", "zone": "Europe/Dublin", "kind": "shop"}).status_code == 302
    team = Team.objects.get(name="Quay House")
    body = {"name": "Quay House", "zone": "Europe/Paris", "kind": "shop"}
    assert client.post(reverse("accounts:change-team", args=[team.pk]), body).status_code == 302
    team.refresh_from_db()
    assert team.zone == "Europe/Paris"


def test_an_administrator_makes_another_one_and_takes_it_back(client):
    boss, ana = make_administrator(), make_colleague("Ana", team=make_team())
    client.force_login(boss)
    assert client.post("/settings/administrators/", {"person": ana.pk}).status_code == 302
    assert client.post(reverse("accounts:remove-administrator", args=[ana.pk])).status_code == 302
    ana.refresh_from_db()
    assert not ana.is_administrator
    assert [line.data for line in Line.objects.filter(kind="person.administrator_set").order_by("pk")] == [{"administrator": True}, {"administrator": False}]
    assert client.post(reverse("accounts:remove-administrator", args=[boss.pk])).status_code == 409


def test_nobody_takes_the_administrators_rights_from_themselves():
    boss = make_administrator()
    with pytest.raises(Refusal):
        operations.set_administrator(user_id=boss.pk, is_administrator=False, by=boss, at=NINE)


def test_people_choose_for_themselves(client):
    ana = make_colleague("Ana", team=make_team())
    client.force_login(ana)

    client.post("/settings/", {"theme": "dark"})
    client.post("/settings/name/", {"display_name": "  Ana  Lima "})

    chosen = Preference.objects.get(user=ana)
    assert (chosen.theme, chosen.email_notices, chosen.shortcuts) == ("dark", False, False)
    ana.refresh_from_db()
    assert ana.display_name == "Ana  Lima"
    assert client.post("/settings/name/", {"display_name": "A\0na"}).status_code == 422
    assert client.post("/settings/", {"theme": "pink"}).status_code == 422


def test_every_write_leaves_one_line_without_a_name(client):
    team, boss = make_team(), make_administrator()
    Line.objects.count()
    lead = make_lead(team=team)
    before = Line.objects.count()

    operations.add_job_role(team_id=team.pk, name="porter", by=lead, at=NINE)
    operations.rename_person(user_id=lead.pk, display_name="Lena Smith", by=boss, at=NINE)
    operations.set_preference(by=lead, at=NINE, theme="dark")

    lines = list(Line.objects.order_by("pk"))[before:]
    assert [line.kind for line in lines] == ["team.job_role_added", "person.renamed", "person.preference_set"]
    assert "Lena" not in str([line.data for line in lines]) and "porter" not in str([line.data for line in lines])
