"""A rota from a file: every problem by its row, all or nothing, and twice is once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from common.errors import NotAllowed, Refusal
from handover.imports import rota_operations
from handover.imports.rota_calendars import read_calendar
from handover.imports.rota_reading import MOST_BYTES, TEMPLATE, clock_time, read_csv
from handover.notifications.models import Notification
from handover.shifts import operations, week_operations
from handover.shifts.models import Shift
from tests.stories import FOUR_PM, fresh, hours, make_action, make_colleague, make_offer, make_shift, make_team

LONDON = ZoneInfo("Europe/London")
HEADING = "date,shift,starts,ends,colleagues\n"
NEXT_WEEK = HEADING + "2026-03-09,Late,15:00,23:00,amara.osei@example.org; Tom Reid\n2026-03-09,Night,22:45,07:00,\n"


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def lead(team):
    return make_colleague("Lee Lead", team, lead=True)


@pytest.fixture
def crew(team):
    return [make_colleague(name, team) for name in ("Amara Osei", "Tom Reid")]


def look(team, lead, text, at=FOUR_PM):
    return rota_operations.look(team=team, by=lead, at=at, raw=text.encode())


def bring_in(team, lead, text, at=FOUR_PM):
    seen = look(team, lead, text, at)
    assert not seen.problems
    return rota_operations.bring_in(team=team, by=lead, at=at, entries=seen.entries(), digest=seen.digest())


def words(reading):
    return [(problem.row, problem.words) for problem in reading.problems]


# --- Reading ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_file_is_read_in_the_encodings_that_spreadsheets_write(encoding):
    [row] = read_csv((HEADING + "2026-03-09,Frühschicht,07:00,15:00,Zoë\n").encode(encoding), LONDON).rows
    assert (row.row, row.name, row.people) == (2, "Frühschicht", ("Zoë",))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("day", ["2026-03-09", "09/03/2026", "9.3.2026", "9 Mar 2026"])
def test_separators_and_dates_as_people_write_them(separator, day):
    text = f"{HEADING.replace(',', separator)}{day}{separator}Late{separator}3pm{separator}23.00{separator}Tom|Amara\r\n"
    [row] = read_csv(text.encode(), LONDON).rows
    assert (row.day, row.starts_at, row.people) == (date(2026, 3, 9), datetime(2026, 3, 9, 15, tzinfo=UTC), ("Tom", "Amara"))


def test_every_problem_is_told_with_the_row_that_a_spreadsheet_shows():
    text = (
        HEADING
        + "\n31/02/2026,Late,15:00,23:00,\n2026-03-09,,15:00,23:00,\n2026-03-09,Late,25:00,23:00,\n2026-03-09,Late,7,7,\n"
        + "=HYPERLINK(1),L,7,8,\n2026-03-29,N,01:10,01:50,\n"
    )
    assert words(read_csv(text.encode(), LONDON)) == [
        (3, "“31/02/2026” is not a date. Write 2026-03-02 or 02/03/2026 (the day first)."),
        (4, "The shift has no name."),
        (5, "“25:00” is not a time. Write 07:00."),
        (6, "It starts and ends at the same time."),
        (7, "“=HYPERLINK(1)” is a formula. Write its value instead."),
        (8, "The clocks go forward then: this shift would be over before it begins."),
    ]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x00\x01", "no column date"),
        (b"a,b\n1,2", "no column date, shift, starts, ends"),
        (b'date,shift,starts,ends\n"2026', "not a CSV file"),
        (HEADING.encode() + b"x" * 200_000, "not a CSV file"),
        (HEADING.encode() + b"2026-03-09,L,7,8,\n" * 2001, "2,001 rows; at most 2,000"),
        (b"a" * (MOST_BYTES + 1), "at most 1,024 kB"),
    ],
)
def test_what_is_no_rota_or_too_much_is_refused_in_words(raw, said):
    reading = read_csv(raw, LONDON)
    assert not reading.rows and said in reading.problems[0].words


def test_times_as_people_write_them():
    assert [str(clock_time(text, "starts"))[:5] for text in ("7", "07:00", "7.30", "0730", "07:00:00", "12 am", "12pm", "11:15 PM", "24:00")] == [
        "07:00", "07:00", "07:30", "07:30", "07:00", "00:00", "12:00", "23:15", "00:00",
    ]  # fmt: skip


def test_the_template_can_be_imported():
    text = "\n".join(",".join(row) for row in TEMPLATE)
    reading = read_csv(text.encode(), LONDON)
    assert (len(reading.rows), reading.problems) == (2, [])


EVENT = "BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{name}\r\n{lines}\r\nEND:VEVENT\r\n"


def ical(*events):
    body = "".join(EVENT.format(uid=number, name=name, lines="\r\n".join(lines)) for number, (name, *lines) in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{body}END:VCALENDAR\r\n".encode()


def test_a_calendar_means_the_same_instants_with_a_zone_in_utc_and_floating_over_the_clock_change():
    raw = ical(
        ("Night", "DTSTART;TZID=Europe/Berlin:20260327T230000", "DTEND;TZID=Europe/Berlin:20260328T070000", "RRULE:FREQ=DAILY;COUNT=3"),
        ("Early", "DTSTART:20260328T070000", "DTEND:20260328T150000", "RRULE:FREQ=DAILY;COUNT=2", "ATTENDEE:mailto:amara@example.org"),
        ("Late", "DTSTART:20260329T140000Z", "DURATION:PT8H", "EXDATE:20260101T000000Z"),
    )
    reading = read_calendar(raw, LONDON, date(2026, 3, 27))
    assert reading.problems == []
    assert {(row.name, f"{row.starts_at:%d %H}", f"{row.ends_at:%d %H}") for row in reading.rows} == {
        ("Night", "27 22", "28 06"), ("Night", "28 22", "29 05"), ("Night", "29 21", "30 05"),
        ("Early", "28 07", "28 15"), ("Early", "29 06", "29 14"), ("Late", "29 14", "29 22"),
    }  # fmt: skip
    assert {row.people for row in reading.rows if row.name == "Early"} == {("amara@example.org",)}


def test_a_calendar_that_repeats_for_ever_is_followed_for_half_a_year_and_odd_ones_are_refused_at_once():
    day = ("DTSTART:20260309T070000", "DTEND:20260309T150000")
    assert len(read_calendar(ical(("Early", *day, "RRULE:FREQ=DAILY")), LONDON, date(2026, 3, 9)).rows) == 183
    raw = ical(
        ("Each second", *day, "RRULE:FREQ=SECONDLY"),
        ("Never", *day, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        ("All day", "DTSTART;VALUE=DATE:20260309"),
        ("On Mars", "DTSTART;TZID=Mars/Base:20260309T070000", "DTEND;TZID=Mars/Base:20260309T150000"),
        ("Backwards", "DTSTART:20260309T150000", "DTEND:20260309T070000"),
        ("Long", "DTSTART:20260309T150000", "DTEND:20260312T070000"),
        ("", *day),
        ("Broken", "DTSTART:yesterday"),
        ("Fine", *day),
    )
    reading = read_calendar(raw, LONDON, date(2026, 3, 9))
    assert [problem.row for problem in reading.problems] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [row.name for row in reading.rows] == ["Fine"]


@pytest.mark.parametrize(
    "raw", [b"hello", b"BEGIN:VCALENDAR", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"\x00\x01", ical(*[("L", "DTSTART:20260309T070000")] * 2001)]
)
def test_what_is_no_calendar_is_refused_in_words(raw):
    reading = read_calendar(raw, LONDON, date(2026, 3, 9))
    assert not reading.rows and reading.problems[0].row == 0


# --- Bringing in --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_file_makes_its_shifts_once_tells_each_once_and_again_changes_nothing(team, lead, crew):
    done = bring_in(team, lead, NEXT_WEEK)
    assert (done.count("new"), Shift.objects.count()) == (2, 2)
    assert {line.colleague for line in Shift.objects.get(name="Late").rosterings.all()} == set(crew)
    assert sorted(Notification.objects.values_list("recipient__display_name", flat=True)) == ["Amara Osei", "Tom Reid"]
    again = bring_in(team, lead, NEXT_WEEK)
    assert (again.count("same"), Shift.objects.count(), Notification.objects.count()) == (2, 2, 2)


@pytest.mark.django_db
def test_other_times_and_other_people_change_the_shift_that_is_there(team, lead, crew):
    bring_in(team, lead, NEXT_WEEK)
    late = Shift.objects.get(name="Late")
    Notification.objects.all().delete()
    done = bring_in(team, lead, HEADING + "2026-03-09,late,14:00,23:00,Tom Reid\n")
    assert (done.count("changed"), fresh(late).starts_at) == (1, late.starts_at - hours(1))
    assert [line.colleague for line in late.rosterings.all()] == [crew[1]]
    assert Notification.objects.count() == 2 and Shift.objects.count() == 2


@pytest.mark.django_db
def test_unknown_and_doubtful_names_are_named_with_their_rows_and_nothing_is_done(team, lead, crew):
    seen = look(
        team, lead, HEADING + "2026-03-09,Late,15:00,23:00,Amra Osei\n2026-03-09,Night,23:00,07:00,nobody@example.org;Tom Reid\n2026-03-09,Late,15:00,22:00,\n"
    )
    assert words(seen) == [
        (2, "“Amra Osei” is not a colleague of Front desk. Did you mean Amara Osei?"),
        (3, "“nobody@example.org” is not a colleague of Front desk. Write a name or an e-mail address as in the team."),
        (4, "Late ends at 22:00 here, and at 23:00 in row 2."),
    ]
    assert not Shift.objects.exists()


@pytest.mark.django_db
def test_a_shift_that_something_refers_to_keeps_its_times_and_the_row_says_why(team, lead, crew):
    amara = crew[0]
    night = make_shift(team, "Night", FOUR_PM + hours(6), FOUR_PM + hours(14), crew[1])
    make_offer(amara, None, action=make_action(amara), when="end_of_shift", to_shift_id=night.pk)
    seen = look(team, lead, HEADING + "2026-03-02,Night,23:00,06:00,Tom Reid\n")
    assert words(seen) == [(2, "Night keeps its times, 22:00 to 06:00: something was offered to it.")]


@pytest.mark.django_db
def test_what_is_over_is_left_and_what_is_years_ahead_is_refused(team, lead, crew):
    seen = look(team, lead, HEADING + "2026-02-02,Late,15:00,23:00,\n2027-06-02,Late,15:00,23:00,\n")
    assert (seen.count("over"), words(seen)) == (1, [(3, "It is more than a year ahead.")])


@pytest.mark.django_db
def test_a_shift_that_its_pattern_would_make_later_is_not_made_twice(team, lead, crew):
    pattern = operations.add_pattern(team=team, by=lead, at=FOUR_PM, name="Late", starts=clock_time("15:00", ""), ends=clock_time("23:00", ""), weekdays=[1])
    bring_in(team, lead, HEADING + "2026-03-30,Late,14:00,23:00,Tom Reid\n")
    operations.generate_all(at=FOUR_PM + timedelta(days=28))
    [shift] = Shift.objects.filter(local_date=date(2026, 3, 30))
    assert (shift.pattern, team.local(shift.starts_at).hour) == (pattern, 14)


@pytest.mark.django_db
def test_what_changed_since_the_look_is_refused_as_a_whole(team, lead, crew):
    seen = look(team, lead, NEXT_WEEK)
    week_operations.add_shift(team=team, by=lead, at=FOUR_PM, name="Late", day=date(2026, 3, 9), starts=clock_time("15", ""), ends=clock_time("23", ""))
    with pytest.raises(Refusal, match="changed since you looked"):
        rota_operations.bring_in(team=team, by=lead, at=FOUR_PM, entries=seen.entries(), digest=seen.digest())
    assert Shift.objects.count() == 1
    with pytest.raises(NotAllowed):
        look(team, crew[0], NEXT_WEEK)


@pytest.mark.django_db
def test_the_page_shows_what_a_file_would_do_and_keeps_nothing_of_it(team, lead, crew, client):
    client.force_login(lead)
    day = timezone.now().date() + timedelta(days=3)
    file = SimpleUploadedFile("rota.csv", f"{HEADING}{day},Late,15:00,23:00,Tom Reid\n".encode())
    page = client.post("/rota/import/", {"file": file})
    agreed = page.context["sealed"]
    assert page.status_code == 200 and not Shift.objects.exists()
    assert client.post("/rota/import/", {"agreed": agreed[:-4] + "aaaa"}).status_code == 422
    assert client.post("/rota/import/", {"agreed": agreed}).status_code == 302
    assert Shift.objects.get().rosterings.get().colleague == crew[1]
    client.force_login(make_colleague("Other Lead", team, lead=True))
    assert client.post("/rota/import/", {"agreed": agreed}).status_code == 422
    assert client.post("/rota/import/", {"file": SimpleUploadedFile("big.csv", b"a" * (MOST_BYTES + 1))}).status_code == 422
    assert client.post("/rota/import/", {}).status_code == 422
    assert client.get("/rota/import/rota.csv").content.decode().startswith("\ufeffdate,shift,starts,ends,colleagues")
