"""Words by which the finder tells names from other words."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


COMMON = words(
    "a add aid all am and are as at be but by call can care cat do era fast for forum fund go has"
    " he his how if in iris is it its lead let may me no not of on one or our out past peace plan"
    " safe so some the them then they to together unite us was we what who will with you"
)
"""English words that are somebody's acronym or name too."""

SMALL = words("in on at from for to of and or by with as but that this the while when")
"""Words that begin a sentence with a capital and are part of no name."""

CUES = words(
    "action agency agenda alliance association centre center charter commission committee"
    " conference consultation convention council covenant decade declaration department"
    " dialogue facility federation forum foundation framework fund group initiative institute"
    " mission network observatory office organization panel partnership plan platform process"
    " programme program protocol secretariat strategy summit team treaty university year"
)
"""Words by which a longer name tells that it is one: United Nations Decade for …"""

EVENTS = words(
    "meeting session summit conference forum assembly consultation round gathering edition dialogue"
)

BETWEEN = EVENTS | words(
    "of at to annual ministerial plenary global international high level regular un"
)
"""Words that stand between a number and the series it counts."""

FOUNDING = words(
    "inception founded established establishment creation created launched launch since"
)
"""Words that make a year the beginning of a series and none of its meetings."""

LEFT_OUT = words("and of for the on in to a against with")
"""Words whose initials a short form may leave out."""

DETERMINERS = words("the this that our its their said")
"""Words before a short form that make it one: the Forum."""
