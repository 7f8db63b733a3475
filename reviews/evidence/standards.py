"""The criteria of both standards, in their own words: A and B are two editions of “Maintain customer service through handover procedures”."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "Maintain customer service through handover procedures"
PARTS = {"P": "What I must be able to do", "K": "What I need to know and understand"}

A_PERFORMANCE = (
    "identify the services or products you deliver that rely on teamwork",
    "identify steps in the customer service delivery process that require the exchange of information between colleagues",
    "agree with colleagues when to pass responsibility for completing customer service actions to each other",
    "confirm how information should be exchanged between colleagues to enable completion of customer service actions",
    "check that the required information is given to colleagues when handing over responsibility to them",
    "maintain awareness of all details of customer service actions your colleagues are due to complete",
    "ask your colleagues about their completion of the customer service actions agreed",
    "identify follow up customer service actions if your colleagues have been unable to complete the work you handed over",
    "review with your colleagues the way that customer service actions are shared",
    "plan and agree improvements to how customer service actions are shared between colleagues",
    "follow the legal, organisational, codes of practice and policies relevant to your role and the activities being carried out",
)
A_KNOWLEDGE = (
    "your organisation’s customer service procedures and systems used for the services or products you are involved in delivering",
    "the handover procedures for exchanging information with colleagues to deliver customer service",
    "the colleagues that you can pass responsibility for completing customer service actions to and their roles",
    "the methods used to ensure that all the required information is handed over between you and your colleagues",
    "the organisational procedures and communication media and platforms that you can use to handover information to colleagues",
    "the importance of checking that colleagues have understood the actions that they need to carry out to complete service",
    "the importance of checking with a colleague whether they have completed the customer service actions you were expecting",
    "the situations when you may be required to take follow up actions when you colleagues have been unable to complete the handover actions",
    "how to review the way customer service actions are shared in customer service processes with colleagues",
    "the methods used to identify and agree potential improvements to handover procedures",
    "the legal, organisational, codes of practice and policies relevant to your role and the activities being carried out",
)
B_PERFORMANCE = (
    "identify services or products you are involved in delivering that rely on effective teamwork",
    "identify steps in the handover process that rely on exchange of information between you and your colleagues",
    "agree with colleagues when it is right to pass responsibility for completing a customer service action to another",
    "agree with colleagues how information should be exchanged between you to enable another to complete a customer service action",
    "identify ways of reminding yourself when you have passed responsibility to a colleague for completing a customer service action",
    "identify when to check that a customer service action has been completed",
    "ensure that you are aware of all details of customer service actions your colleague was due to complete",
    "ask your colleague about the outcome of completing the customer service action as agreed",
    "identify the next customer service actions if your colleagues have been unable to complete the actions you had previously agreed",
    "work with colleagues to review the way in which customer service actions are shared",
)
B_KNOWLEDGE = (
    "your organisation’s handover procedures for the services or products you are involved in delivering",
    "your organisation’s handover procedures and how these vary during and between shifts",
    "your role and responsibilities in the organisation’s handover procedure",
    "the appropriate colleagues to pass responsibility to for completing particular customer service actions",
    "ways of ensuring that information is passed between you and your colleagues effectively",
    "the importance of checking with a colleague whether they have completed the customer service actions according to organisational handover procedures",
    "opportunities for contributing to review the way customer service actions are shared in customer service processes",
)


@dataclass(frozen=True)
class Criterion:
    """One line of a standard. ``key`` is its id, such as *A-P3*: P performance, K knowledge."""

    key: str
    text: str

    @property
    def standard(self) -> str:
        return self.key[0]

    @property
    def part(self) -> str:
        return PARTS[self.key[2]]

    @property
    def sentence(self) -> str:
        return f"{self.text[0].upper()}{self.text[1:]}."


def _numbered(prefix: str, lines: tuple[str, ...]) -> list[Criterion]:
    return [Criterion(f"{prefix}{number}", text) for number, text in enumerate(lines, 1)]


CRITERIA: dict[str, Criterion] = {
    one.key: one for one in (*_numbered("A-P", A_PERFORMANCE), *_numbered("A-K", A_KNOWLEDGE), *_numbered("B-P", B_PERFORMANCE), *_numbered("B-K", B_KNOWLEDGE))
}


def of_standard(standard: str) -> list[Criterion]:
    """In the order of the standard: performance criteria, then knowledge."""
    return [one for one in CRITERIA.values() if one.standard == standard]
