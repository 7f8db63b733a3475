"""What was imported is shown like anything else, and says that it was imported."""

import pytest

from accounts.models import Team
from handover.actions.models import Action
from handover.handovers.models import Item
from tests.oracle import bring_in, log
from tests.stories import make_colleague

pytestmark = pytest.mark.django_db


def test_pages_of_imported_actions_and_handovers_open(client):
    bring_in(log("toy"), "LOG")
    zoe = make_colleague("Zoe", Team.objects.get(name="G1", source="LOG"), lead=True)
    client.force_login(zoe)
    action, item = Action.objects.get(external_ref="T3"), Item.objects.filter(action__external_ref="T3").first()
    for address in ("/", "/board/", "/watch-list/", "/receive/", action.get_absolute_url(), item.handover.get_absolute_url()):
        answer = client.get(address)
        assert answer.status_code == 200, address
    assert "Imported from LOG, T3" in client.get(action.get_absolute_url()).content.decode()
    assert "Imported from LOG: no brief, read-back or check came with it." in client.get(item.handover.get_absolute_url()).content.decode()
