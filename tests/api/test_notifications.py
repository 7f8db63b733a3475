"""One's own notices by the REST API."""

from handover.notifications.models import Notification


def offered(desk) -> str:
    ref = desk.as_ana.do("/actions/", title="Call back", responsible=desk.ana.pk)["ref"]
    entry = {"action": ref, "situation": "S", "next_step": "N", "missing_reason": "No time"}
    return desk.as_ana.do("/handovers/", entries=[entry], to=desk.ben.pk, when="in_shift")["items"][0]["ref"]


def test_a_notice_is_listed_put_off_read_and_counts_no_more(desk):
    item = offered(desk)
    (notice,) = desk.as_ben.read("/notifications/?standing=true&needs_you=true&kind=offered").json()["results"]
    assert (notice["title"], notice["path"], notice["action"]["title"]) == ("Ana handed you: Call back", f"/receive/{item}/", "Call back")

    put_off = desk.as_ben.do(f"/notifications/{notice['id']}/snooze/", until="1_h")
    assert put_off["snoozed_until"] > notice["at"]
    assert desk.as_ben.read("/notifications/?standing=true").json() == {"results": [], "next": None}

    assert desk.as_ben.do(f"/notifications/{notice['id']}/read/")["read_at"]
    assert desk.as_ben.do(f"/notifications/{notice['id']}/read/")["read_at"]
    assert desk.as_ben.send(f"/notifications/{notice['id']}/snooze/", {"until": "1_h"}).status_code == 409
    assert len(desk.as_ben.read("/notifications/?standing=false").json()["results"]) == 1


def test_another_persons_notice_is_not_found(desk, shop):
    offered(desk)
    pk = Notification.objects.get(recipient=desk.ben).pk
    for client in (desk.as_ana, desk.as_lea, shop.as_sam, desk.as_booking):
        assert client.read("/notifications/?kind=offered").json()["results"] == []
        assert client.read(f"/notifications/{pk}/").status_code == 404
        assert client.send(f"/notifications/{pk}/read/").status_code == 404
        assert client.send(f"/notifications/{pk}/snooze/", {"until": "1_h"}).status_code == 404


def test_what_makes_no_sense_is_refused(desk):
    offered(desk)
    pk = Notification.objects.get(recipient=desk.ben).pk
    assert desk.as_ben.send(f"/notifications/{pk}/snooze/", {"until": "tomorrow"}).status_code == 400
    assert desk.as_ben.read("/notifications/?standing=perhaps").status_code == 400
    assert desk.as_ben.read("/notifications/?cursor=nonsense").status_code == 400
