"""Languages, countries and dates as a page writes them."""

from datetime import date
from http import HTTPStatus

import pytest
from django.utils.translation import override

from initiatives.models import Name
from iomsite import countries, dates, languages
from tests.make import make_organization


@pytest.mark.parametrize(
    ("language", "expected"), [("ar", "rtl"), ("en", "ltr"), ("zh-hans", "ltr"), ("fa", "rtl")]
)
def test_each_language_has_its_direction(language, expected):
    assert languages.direction(language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "العربية"),
        ("zh-hans", "中文"),
        ("fr", "Français"),
        ("ru", "Русский"),
        ("pt", "Português"),
    ],
)
def test_each_language_is_called_what_it_calls_itself(language, expected):
    assert languages.native_name(language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Switzerland"), ("fr", "Suisse"), ("ru", "Швейцария"), ("zh-hans", "瑞士"),
     ("es", "Suiza"), ("ar", "سويسرا")],
)  # fmt: skip
def test_a_country_is_named_in_six_languages(language, expected):
    assert countries.country_name("CH", language) == expected


@pytest.mark.parametrize("code", [*countries.FORMER_STATES, *countries.OFFICIAL_NAMES])
def test_our_own_names_are_given_in_all_six_languages(code):
    names = {countries.country_name(code, language) for language in languages.site_languages()}

    assert code not in names
    assert len(names) >= 5


def test_what_is_no_country_is_none():
    assert countries.is_country("CSHH")
    assert not countries.is_country("EU")
    assert not countries.is_country("ch")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2008", "2008"), ("2008-10", "October 2008"), ("2008-10-27", "27 October 2008")],
)
def test_a_partial_date_is_read_and_written_as_far_as_it_is_known(text, shown):
    day, precision = dates.parse_partial_date(text)

    assert dates.show_partial_date(day, precision, "en") == shown
    assert dates.iso_partial_date(day, precision) == text


@pytest.mark.parametrize(
    "text", ["", "208", "2008-13", "2008-02-30", "2008-1-1-1", "soon", "-2008"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the importer's to word
        dates.parse_partial_date(text)


def test_the_last_day_of_a_partial_date_is_the_latest_it_may_mean():
    assert dates.latest_day(date(2008, 2, 1), "month") == date(2008, 2, 29)
    assert dates.latest_day(date(2008, 1, 1), "year") == date(2008, 12, 31)


def test_a_stretch_of_days_says_the_month_once():
    shown = dates.show_date_range(date(2008, 10, 27), date(2008, 10, 30), "day", "en")

    assert shown == "27–30 Oct 2008"


@pytest.mark.django_db
def test_the_bare_address_leads_to_the_language_of_the_browser(client):
    response = client.get("/", headers={"accept-language": "fr-CH, fr;q=0.9, en;q=0.8"})

    assert response["Location"] == "/fr/"
    assert response["Vary"] == "Accept-Language"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ar", "zh-hans", "en", "fr", "ru", "es"])
def test_every_language_has_its_pages_with_its_direction(client, language):
    response = client.get(f"/{language}/")

    assert response.status_code == HTTPStatus.OK
    tag = languages.html_language(language)
    assert f'<html lang="{tag}" dir="{languages.direction(language)}">' in response.content.decode()


@pytest.mark.django_db
def test_a_name_in_another_language_than_the_page_is_marked(client):
    body = make_organization(slug="body", name="Organization of Samples")
    Name.objects.create(organization=body, text="Organisation", language="fr", kind="primary")

    arabic, french = (
        client.get(f"/{code}/organizations/").content.decode() for code in ("ar", "fr")
    )

    assert '<bdi lang="en" dir="ltr">Organization of Samples</bdi>' in arabic
    assert ">Organisation</a>" in french


def test_a_fallback_name_is_marked_but_one_in_the_language_of_the_page_is_not():
    from iomsite.templatetags.record import foreign  # noqa: PLC0415 - needs the app registry

    with override("en"):
        assert foreign("<b>", "en") == "&lt;b&gt;"
        assert foreign("<b>", "ar") == '<bdi lang="ar" dir="rtl">&lt;b&gt;</bdi>'
