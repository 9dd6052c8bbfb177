"""A small record on water, searched in several ways."""

from datetime import date

import pytest

from speeches.models import Contribution
from tests.make import make_meeting, make_meeting_series, make_person, make_speech
from tests.searching import index_everything

BODY = """
<p>The river gives water to three countries.</p>
<p>Nobody owns it.</p>
<p>Water is shared, and so is the drought.</p>
<p>Let us speak of water once more.</p>
"""


@pytest.fixture
def record():
    """Make three speeches on water by two people, and one on something else."""
    series = make_meeting_series(slug="river-forum", name="River Forum", acronym="RVF")
    meeting = make_meeting(slug="river-forum-3", name="Third River Forum", series=series)
    ada = make_person(slug="ada-example", name="Ada Example")
    speeches = [
        make_speech(
            slug=f"on-water-{year}", title=f"On water in {year}", body=BODY, meeting=meeting,
            delivered_on=date(year, 5, 17), person=ada if year < 2010 else None,
            speaker="" if year < 2010 else "Mr. Sow",
        )
        for year in (1998, 2006, 2014)
    ]  # fmt: skip
    Contribution.objects.filter(speech=speeches[2]).update(on_behalf_of_country="SN")
    make_speech(slug="on-roads", title="On roads", body="<p>Roads, and only roads.</p>")
    index_everything()
    return speeches
