"""A small archive in many languages, and what queries find in it, in order."""

from datetime import date

from speeches.models import Contribution, Speech
from tests.make import make_initiative, make_meeting, make_meeting_series, make_person, make_text
from tests.searching import say

EXPECTED = {
    "water": ["opening", "fleuves", "drought", "nations", "flood"],
    "rivers": ["fleuves", "closing", "rainfall", "flood", "drought", "opening"],
    "river": ["fleuves", "closing", "rainfall", "flood", "drought", "opening"],
    "rain": ["rainfall", "opening"],
    "harvest": ["drought", "flood"],
    "rivers fall": ["drought", "flood"],
    "people move": ["flood", "drought"],
    "united nations": ["nations", "closing"],
    '"united nations"': ["nations"],
    '"united nation"': ["nations"],
    '"rivers rise"': ["flood"],
    '"know no border"': ["opening"],
    '"know no borders"': ["fleuves"],
    "drought OR flood": ["flood", "drought"],
    "rivers -rain": ["fleuves", "closing", "flood", "drought"],
    "rivers -forum": ["fleuves", "rainfall", "flood", "drought"],
    "riv*": ["fleuves", "closing", "rainfall", "flood", "drought", "opening"],
    "displac*": ["drought", "fleuves"],
    "displaced water": ["fleuves", "drought"],
    "when the rivers people move": ["flood", "drought"],
    "forum rivers": ["closing", "opening"],
    "thank": ["closing", "opening", "courtesy"],
    "thank host": ["closing", "courtesy"],
    "moves burden": ["flood"],
    "fleuve": ["fleuves"],
    "eau": ["fleuves"],
    "frontiere": ["fleuves"],
    "rio": ["rios"],
    "agua mujer": ["rios"],
    "реки": ["reki"],
    "беженец": ["reki"],
    "لاجئين": ["anhar"],
    "الأنهار": ["anhar"],
    "河流": ["heliu"],
    "移民组织": ["heliu"],
    '"移民组织"': ["heliu"],
    "river speaker:ada-example": ["closing", "opening", "drought"],
    "river meeting:RVF": ["closing", "opening"],
    'speaker:"Mr. Sow"': ["nations", "flood"],
    "initiative:water-compact": ["flood", "fleuves", "drought"],
    "country:senegal": ["nations", "flood"],
    "language:fr": ["fleuves"],
    "place:nairobi": ["flood", "drought"],
    "year:2006": ["fleuves", "drought"],
    "from:2009 water": ["nations", "flood"],
    "water to:1999": ["opening"],
    "rivers year:1990-1999": ["closing", "opening"],
    "sow water": ["nations", "flood"],
    "ada": ["closing", "drought", "opening"],
    "opening forum": ["opening"],
    "state": ["courtesy", "opening"],
    "the": ["drought", "flood", "rainfall", "closing", "opening", "nations", "courtesy"],
    "drouhgt": ["drought"],
    "rivres fall": ["drought", "flood"],
    "the flood took the harvests": ["flood"],
    "rivers harvest": ["flood", "drought"],
    "water rain": ["opening"],
    "forum -speaker:ada-example": [],
}
"""What answers each query, in its order, whatever the database."""


def make_archive() -> dict[str, Speech]:
    """Make twelve speeches in six languages, related to a directory; return them by slug."""
    series = make_meeting_series(slug="river-forum", name="River Forum", acronym="RVF")
    meeting = make_meeting(slug="river-forum-3", name="Third River Forum", series=series)
    ada = make_person(slug="ada-example", name="Ada Example")
    compact = make_initiative(slug="water-compact", name="The Water Compact")
    speeches = [
        say("opening", "We open the forum on water.", "Rivers know no border, and no State owns"
            " the rain.", "Thank you, Mr. President.", title="Opening of the forum on rivers",
            delivered_on=date(1996, 5, 2), person=ada, meeting=meeting, place="Geneva"),
        say("drought", "The drought took the harvest, and after the harvest the herds.",
            "When the rivers fall, people move.", "Displaced families wait for water.",
            title="Drought and displacement", delivered_on=date(2006, 9, 14), person=ada,
            place="Nairobi"),
        say("flood", "The flood took the harvest.", "When the rivers rise, people move.",
            "Nobody who moves is a burden; the water will fall, and they will return.",
            title="After the flood", delivered_on=date(2010, 8, 30), speaker="Mr. Sow",
            place="Nairobi"),
        say("nations", "The United Nations has spoken of water.", "A united nation shares it.",
            title="Water for all", delivered_on=date(2011, 3, 22), speaker="Mr. Sow"),
        say("closing", "The forum on rivers ends.", "Let the rivers unite the nations.",
            "We thank the host.", title="Closing of the forum", delivered_on=date(1996, 5, 4),
            person=ada, meeting=meeting, place="Geneva"),
        say("rainfall", "Rain, rain and more rain.", "The rain fell on the rivers.",
            title="A year of rain", delivered_on=date(2011, 11, 1)),
        say("fleuves", "Les fleuves ne connaissent pas de frontières.",
            "Les personnes déplacées attendent de l’eau.", title="Les fleuves et l’eau",
            original_language="fr", delivered_on=date(2006, 9, 15), speaker="Mme Diop"),
        say("rios", "Los ríos no conocen fronteras.", "Las mujeres buscan agua.",
            title="Los ríos y el agua", original_language="es", delivered_on=date(2007, 1, 3)),
        say("reki", "Реки не знают границ.", "Беженцы ждут воды.", title="Реки и вода",
            original_language="ru", delivered_on=date(2008, 2, 4)),
        say("anhar", "الأنهار لا تعرف الحدود.", "اللاجئون ينتظرون المياه.",
            title="الأنهار والمياه", original_language="ar", delivered_on=date(2009, 6, 5)),
        say("heliu", "河流没有国界。", "国际移民组织欢迎各国代表。", title="河流与水",
            original_language="zh", delivered_on=date(2012, 7, 6)),
        say("courtesy", "May I thank the State that hosts us.", title="A word of thanks",
            delivered_on=date(1996, 5, 3), meeting=meeting, place="Geneva"),
    ]  # fmt: skip
    by_slug = {speech.slug: speech for speech in speeches}
    make_text(speech=by_slug["fleuves"], language="en", kind="official", title="Rivers and water",
              body="<p>Rivers know no borders.</p><p>Displaced people wait for water.</p>",
              )  # fmt: skip
    for slug in ("drought", "flood", "fleuves"):
        by_slug[slug].initiatives.add(compact)
    Contribution.objects.filter(name="Mr. Sow").update(on_behalf_of_country="SN")
    return by_slug
