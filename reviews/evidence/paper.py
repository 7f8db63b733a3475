"""The evidence on paper. No database."""

from __future__ import annotations

from typing import Any

from common.paper import ROW, WIDTH, Column, Sheet

COLUMNS = (Column("When", 44, "when"), Column("What I did", 56, "what", strong=True), Column("As the record shows", WIDTH - 100, "said"))
OWN = "In my own words: "


def pdf_of(content: dict[str, Any], *, ref: str = "") -> bytes:
    """``ref``: of the link that shows the same. Each criterion stands with its statement and its records, one table each."""
    sheet = Sheet(title=f"Evidence of {content['name']}", foot=foot(content, ref))
    sheet.head("Evidence of work to the standard", right=[f"Standard {content['standard']}", content["name"]], below=f"{content['title']}.")
    sheet.say(f"{'; '.join(content['places'])}. {content['period']}.", size=9)
    sheet.say(f"{content['shown']} of {content['of']} criteria are shown. {HOW}", size=8.5, grey=True)
    part = ""
    for one in content["criteria"]:
        if one["part"] != part:
            part = one["part"]
            sheet.ln(3)
            sheet.say(part, size=12, strong=True, height=6)
        criterion(sheet, one)
    return sheet.file()


HOW = "Records come from Baton’s own trail; their owner chose them. No customer is named in them, and no colleague."


def criterion(sheet: Sheet, one: dict[str, Any]) -> None:
    if sheet.will_page_break(24):
        sheet.add_page()
    sheet.ln(1.8)
    sheet.say(f"{one['id']}  {one['text']}", size=10, strong=True, height=ROW + 0.6)
    if one["statement"]:
        sheet.paragraphs(f"{OWN}{one['statement']}")
    sheet.rows(COLUMNS, [spoken(record) for record in one["records"]])
    if not one["records"] and not one["statement"]:
        sheet.say("Nothing is shown here.", size=8.5, grey=True)


def spoken(record: dict[str, Any]) -> dict[str, str]:
    facts = ". ".join(record["facts"])
    words = f" {OWN}{record['words']}" if record["words"] else ""
    return {"when": record["when"], "what": record["what"], "said": f"{facts}{'.' if facts else ''}{words} {record['ref']}".strip()}


def foot(content: dict[str, Any], ref: str) -> str:
    return f"{f'{ref}, ' if ref else ''}as of {content['made']}."
