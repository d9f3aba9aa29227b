"""Days as people in Germany type them."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from brueckenschlag.plans.dates import ENGLISH_MONTHS, MONTHS, NotADayError, parse_day

TODAY = date(2026, 11, 22)
DAY = date(2027, 2, 28)
# Every refusal begins with one of these, so that no page shows an English or an internal message.
REFUSALS = (
    "Das ist kein Datum.",
    "Den Monat „",
    "Das Jahr muss zwischen",
    "Diesen Tag gibt es im Kalender nicht.",
    "Bitte auch den Tag",
)

FORMS = {
    "28.2.2027": lambda day: f"{day.day}.{day.month}.{day.year}",
    "28.02.2027": lambda day: f"{day:%d.%m.%Y}",
    "28.02.27": lambda day: f"{day:%d.%m.%y}",
    "28. 2. 2027": lambda day: f"{day.day}. {day.month}. {day.year}",
    " 28 . 2 . 27 ": lambda day: f" {day.day} . {day.month} . {day:%y} ",
    "28/2/2027": lambda day: f"{day.day}/{day.month}/{day.year}",
    "28-2-27": lambda day: f"{day.day}-{day.month}-{day:%y}",
    "2027-02-28": lambda day: day.isoformat(),
    "2027-2-28": lambda day: f"{day.year}-{day.month}-{day.day}",
    "28. Februar 2027": lambda day: f"{day.day}. {MONTHS[day.month - 1].capitalize()} {day.year}",
    "28 FEBRUAR 2027": lambda day: f"{day.day} {MONTHS[day.month - 1].upper()} {day.year}",
    "28.feb.2027": lambda day: f"{day.day}.{MONTHS[day.month - 1][:3]}.{day.year}",
    "28. Feb. 27": lambda day: f"{day.day}. {MONTHS[day.month - 1][:3].capitalize()}. {day:%y}",
    "28.\u00a0Februar\n2027": lambda day: f"{day.day}.\u00a0{MONTHS[day.month - 1]}\n{day.year}",
}

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("form", FORMS)
def test_the_forms_in_this_test_are_what_they_say(form):
    assert FORMS[form](DAY) == form or FORMS[form](DAY).casefold() == form.casefold()
    assert parse_day(form, TODAY) == DAY


@given(days, st.sampled_from(list(FORMS.values())))
@settings(deadline=None)
def test_every_day_of_the_century_is_understood_in_every_form(day, form):
    assert parse_day(form(day), TODAY) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. März 2027", date(2027, 3, 1)),
        ("1. Mrz. 2027", date(2027, 3, 1)),
        ("1. Maerz 2027", date(2027, 3, 1)),
        ("1. Jänner 2027", date(2027, 1, 1)),
        ("1. Sept. 2027", date(2027, 9, 1)),
        ("1mai27", date(2027, 5, 1)),
        ("29.2.2028", date(2028, 2, 29)),
        ("1.1.2000", date(2000, 1, 1)),
        ("31.12.99", date(2099, 12, 31)),
        ("22.11.", TODAY),
        ("22.11", TODAY),
        ("22. November", TODAY),
        ("21.11.", date(2027, 11, 21)),
        ("23.11.", date(2026, 11, 23)),
        ("29.2.", date(2028, 2, 29)),
        ("", None),
        (" \n\t\u00a0", None),
    ],
)
def test_german_habits_are_understood(text, expected):
    assert parse_day(text, TODAY) == expected


@pytest.mark.parametrize(
    "text", ["morgen", "Mai", "Mai 27", "13/2027", "3", "2027", "KW 12", "28.2.227", "28.2.20277", "1.2.3"]
)
@pytest.mark.parametrize("around", ["{}", "am {}", "{} oder so"])
def test_what_names_no_single_day_is_refused(text, around):
    with pytest.raises(NotADayError, match=r"^Das ist kein Datum\. Bitte"):
        parse_day(around.format(text), TODAY)


@pytest.mark.parametrize("text", ["Mai 2027", "mai. 2027", "5/2027", "05.2027", "2027-05"])
def test_a_month_alone_is_asked_for_its_day(text):
    with pytest.raises(NotADayError, match=r"^Bitte auch den Tag angeben, zum Beispiel 1\. Mai 2027\.$"):
        parse_day(text, TODAY)


@pytest.mark.parametrize("text", ["28. Foo 2027", "28. Ma 2027", "28. uhr", "3 tage"])
def test_an_unknown_month_is_named_or_refused(text):
    with pytest.raises(NotADayError) as refused:
        parse_day(text, TODAY)
    assert str(refused.value).startswith(REFUSALS)


@pytest.mark.parametrize(
    "text",
    ["31.2.", "31.2.2027", "29.2.2027", "30. Februar", "31.4.2027", "0.1.2027", "1.0.2027", "1.13.2027", "32.1."],
)
def test_a_day_that_no_calendar_has_is_refused(text):
    with pytest.raises(NotADayError, match=r"^Diesen Tag gibt es im Kalender nicht\. Bitte"):
        parse_day(text, TODAY)


@pytest.mark.parametrize("text", ["31.12.1999", "1.1.2100", "0000-01-01", "9999-12-31", "1. Mai 1926"])
def test_a_year_of_another_century_is_refused(text):
    with pytest.raises(NotADayError, match="zwischen 2000 und 2099"):
        parse_day(text, TODAY)


def test_the_message_shows_how_to_write_a_day():
    with pytest.raises(NotADayError, match=r"28\.2\.2027 oder 28\. Februar 2027"):
        parse_day("bald", TODAY)


@given(st.text() | st.text(alphabet="0123456789./- ²³٣৩mai\u0308", max_size=14))
@example("²8.2.2027")
@example("٢٨.٢.٢٠٢٧")
@example("28.2." + "9" * 5000)
@settings(deadline=None)
def test_any_text_is_a_day_or_nothing_or_refused_in_german(text):
    try:
        day = parse_day(text, TODAY)
    except NotADayError as refused:
        assert str(refused).startswith(REFUSALS)  # noqa: PT017  # not every text is refused
    else:
        assert (day is None) == (not text.strip())
        assert day is None or date(2000, 1, 1) <= day <= date(2099, 12, 31)


@given(st.text(alphabet=st.characters(exclude_categories=["Nd"])).filter(str.strip))
@settings(deadline=None)
def test_a_text_without_any_digit_is_never_a_day(text):
    with pytest.raises(NotADayError):
        parse_day(text, TODAY)


@given(days, st.dates(date(2000, 1, 1), date(2090, 12, 31)))
@example(date(2028, 2, 29), date(2028, 3, 1))
@settings(deadline=None)
def test_without_a_year_the_next_such_day_is_meant(day, today):
    found = parse_day(f"{day.day}.{day.month}.", today)
    assert found is not None
    assert (found.day, found.month) == (day.day, day.month)
    assert found >= today
    # No such day lies between: the years in between have none, or theirs is past.
    for year in range(today.year, found.year):
        assert not is_day(year, day.month, day.day) or date(year, day.month, day.day) < today


def is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


ENGLISH = {
    "28 February 2027": lambda day: f"{day.day} {NAMES[day.month - 1]} {day.year}",
    "28 Feb 27": lambda day: f"{day.day} {NAMES[day.month - 1][:3]} {day:%y}",
    "28. feb. 2027": lambda day: f"{day.day}. {NAMES[day.month - 1][:3].lower()}. {day.year}",
    "February 28, 2027": lambda day: f"{NAMES[day.month - 1]} {day.day}, {day.year}",
    "FEB 28 2027": lambda day: f"{NAMES[day.month - 1][:3].upper()} {day.day} {day.year}",
}
NAMES = [month.capitalize() for month in ENGLISH_MONTHS]


@given(days, st.sampled_from([*FORMS.values(), *ENGLISH.values()]))
@settings(deadline=None)
def test_in_english_every_day_is_understood_in_every_german_and_english_form(day, form):
    assert parse_day(form(day), TODAY, "en") == day


@pytest.mark.parametrize("form", ENGLISH)
def test_the_english_forms_in_this_test_are_what_they_say(form):
    assert ENGLISH[form](DAY) == form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1st May 2027", date(2027, 5, 1)),
        ("May 2nd, 2027", date(2027, 5, 2)),
        ("3rd of May 2027", None),
        ("4 Sept 2027", date(2027, 9, 4)),
        ("1/6/2027", date(2027, 6, 1)),
        ("22 November", TODAY),
        ("May 27", None),
        ("May 2027", None),
        ("13/28/2027", None),
        ("2/28/2027", None),
        ("tomorrow", None),
        ("May", None),
    ],
)
def test_english_habits_are_understood_where_they_name_one_day(text, expected):
    try:
        found = parse_day(text, TODAY, "en")
    except NotADayError:
        found = None
    assert found == expected


@pytest.mark.parametrize("text", ["28 May 2027", "February 28, 2027", "1st 5 2027"])
@pytest.mark.parametrize("language", ["de", "de-simple"])
def test_english_days_are_understood_in_english_only(text, language):
    with pytest.raises(NotADayError):
        parse_day(text, TODAY, language)


def test_a_month_alone_is_asked_for_its_day_with_its_english_name():
    with pytest.raises(NotADayError) as refused:
        parse_day("Mai 2027", TODAY, "en")
    assert refused.value.facts == {"month": "May", "year": "2027"}


@given(st.text() | st.text(alphabet="0123456789./-, stndrhmay", max_size=18))
@settings(deadline=None)
def test_any_text_is_a_day_or_nothing_or_refused_in_english_too(text):
    try:
        day = parse_day(text, TODAY, "en")
    except NotADayError as refused:
        assert refused.sentence % refused.facts  # noqa: PT017  # not every text is refused
    else:
        assert day is None or date(2000, 1, 1) <= day <= date(2099, 12, 31)
