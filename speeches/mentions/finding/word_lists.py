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

SMALL = words(
    "in on at from for to of and or by with as but that this the while when our we it if my"
    " la le les un une des du de et en au aux el los las y del una al mi su sus nous"
)
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

CUE_KINDS = {
    **dict.fromkeys(
        words(
            "agency alliance association bank board bureau center commission committee coalition"
            " consortium council court department federation foundation group institute institution"
            " mission network observatory office organization panel secretariat team university"
            " union authority academy league taskforce"
        ),
        "organization",
    ),
    **dict.fromkeys(
        words(
            "agenda agreement campaign charter compact compendium convention covenant decade"
            " declaration facility framework fund guide handbook index initiative manual"
            " partnership plan platform process program project protocol strategy toolkit treaty"
            " database portal act pact scheme"
        ),
        "initiative",
    ),
    **dict.fromkeys(
        words("conference summit forum assembly consultation symposium seminar workshop dialogue"),
        "meeting_series",
    ),
}
"""Words that make a name, by their keys, with what it is then a name of."""

HEADS = words("of for on to against")
"""Words behind a telling word that say what it is for."""

LINKS = words("of for on and with the to against de des du la del y et las los para por pour sur")
"""Small words inside of names."""

GENERIC = words(
    "national regional international global annual high level general special joint new first"
    " second third united nation world member state government ministry minister common public"
    " executive steering working technical expert senior big main local civil your his her its"
    " president chair action final draft west support legislative head party delegation scientific"
    " advisory nouveau nouvelle nuevo nueva grand contact fourth fifth sixth a"
)
"""Words that do not tell one body from another, by their keys."""

MONTHS = words(
    "january february march april may june july august september october november december"
)

CHARTERS = words("charter constitution statute")
"""What rules a body and has its name: the Charter of the United Nations."""

OF_A_STATE = words("government administration congress parliament delegation embassy")
"""Words that leave a State's name one: the United States Government."""
