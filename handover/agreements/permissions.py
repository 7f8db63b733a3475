"""Who makes agreements: everybody of the team proposes, those named answer, leads decide; the receiving team takes part as a side of its own."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_lead
from common.errors import NotAllowed
from common.permissions import allowed
from handover.agreements.models import AgreementVersion


def check_decide(user: User, team_id: int) -> None:
    check_lead(user, team_id)


def may_decide(user: User, team_id: int) -> bool:
    return allowed(check_decide, user, team_id)


def check_propose(user: User, team_id: int, to_team_id: int | None = None) -> None:
    """A colleague of the team, or of the one that receives; an administrator may too."""
    sides = [team_id] if to_team_id is None else [team_id, to_team_id]
    if not user.is_person or not any(user.belongs_to(side) for side in sides):
        raise NotAllowed("Only colleagues of the teams concerned propose a change.", possible="Ask a colleague of the team to propose it.")


def may_propose(user: User, team_id: int, to_team_id: int | None = None) -> bool:
    return allowed(check_propose, user, team_id, to_team_id)


def check_comment(user: User, version: AgreementVersion) -> None:
    check_propose(user, version.agreement.team_id, version.to_team_id)


def may_comment(user: User, version: AgreementVersion) -> bool:
    return allowed(check_comment, user, version)


def check_answer(user: User, version: AgreementVersion) -> None:
    if not version.answers.filter(colleague=user.pk).exists():
        raise NotAllowed("You are not named in this proposal.", possible="You can comment on it.")


def check_decide_on(user: User, version: AgreementVersion) -> None:
    check_decide(user, version.agreement.team_id)


def check_write(user: User, version: AgreementVersion) -> None:
    """The text of a proposal belongs to whoever proposed it."""
    if user.pk != version.created_by_id:
        who = version.created_by.first_name if version.created_by else "Its writer"
        raise NotAllowed("Only whoever proposed it may change the text.", possible=f"Answer that you want a change first; {who} can make it.")


def may_write(user: User, version: AgreementVersion) -> bool:
    return allowed(check_write, user, version)


def check_withdraw(user: User, version: AgreementVersion) -> None:
    if user.pk != version.created_by_id:
        check_decide(user, version.agreement.team_id)


def may_withdraw(user: User, version: AgreementVersion) -> bool:
    return allowed(check_withdraw, user, version)
