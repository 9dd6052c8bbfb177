"""A thousand random changes to exported histories, each of which has to be found.

The last hash is known, as to a reader who kept it; a change is what a person could make with
a text editor and a program for SHA-256.
"""

import copy
import json
from collections import Counter
from random import Random
from typing import Any

import pytest

from iomsite.publishing.models import Status
from iomsite.publishing.workflow import perform
from speeches.models import Attachment, Source
from tests.histories import change, exported, make_public, offline, publish
from tests.make import make_person, make_speech

pytestmark = pytest.mark.django_db

CHANGES = 1000
script = offline()


@pytest.fixture
def histories():
    """Export three histories, for staff: long, short, with everything that can happen."""
    long = make_public(person=make_person(), body="<p>One.</p><p>Two.</p><p>Three.</p>")
    for number in range(6):
        change(long, body=f"<p>One {number}.</p><p>Two.</p>", note=f"Change {number}.")
    varied = make_speech(status=Status.DRAFT, title="المنظمة الدولية للهجرة")
    text = varied.texts.get()
    Source.objects.create(speech_text=text, uri="a.docx", format="docx", checksum="0" * 64)
    Attachment.objects.create(speech=varied, title="Slides", url="https://example.org/slides")
    publish(varied)
    perform("withdraw", varied, notice="A mistake.")
    perform("reinstate", varied, reason="None after all.")
    perform("remove", varied, notice="For good.")
    perform("reinstate", varied, reason="Or not.")
    change(varied, delivery_status="as_delivered")
    return [exported(item, complete=True) for item in (long, varied, make_public())]


def holds(text: str, head: str) -> bool:
    try:
        script.verify(script.read(text), head, complete=True)
    except script.Broken:
        return False
    return True


def leaves(value: Any) -> list[tuple[Any, Any]]:
    """Return every place of a JSON value that holds no list or object of its own."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for name, inner in items:
        found += leaves(inner) if isinstance(inner, dict | list) and inner else [(value, name)]
    return found


def another(value: Any, random: Random) -> Any:
    """Return a value of about the same sort, but not the same."""
    match value:
        case bool():
            return not value
        case int():
            return value + random.choice([-1, 1, 1000])
        case str() if value:
            at = random.randrange(len(value))
            letter = random.choice("abc012 \u0627中")
            cut = value[:at] + value[at + 1 :]
            return random.choice([cut, value[:at] + letter + value[at:], value + " "])
    return random.choice(["x", 1, True])


def change_a_value(history, random):
    place, name = random.choice(leaves(history))
    place[name] = another(place[name], random)


def change_a_note(history, random):
    header = random.choice(history["versions"])["header"]
    name = random.choice(["change_note", "public_notice", "status", "made_at", "published_at"])
    header[name] = another(header[name], random)


def drop_a_version(history, random):
    history["versions"].pop(random.randrange(len(history["versions"])))


def double_a_version(history, random):
    versions = history["versions"]
    chosen = copy.deepcopy(random.choice(versions))
    versions.insert(random.randrange(len(versions) + 1), chosen)


def change_the_order(history, random):
    versions = history["versions"]
    if len(versions) == 1:
        return drop_a_version(history, random)
    one, other = random.sample(range(len(versions)), 2)
    versions[one], versions[other] = versions[other], versions[one]
    return None


def rewrite_with_its_own_hashes(history, random):
    """Change the words of a version, and compute its hashes anew, but none after it."""
    version = random.choice(history["versions"])
    place, name = random.choice(leaves(version["content"]["fields"]))
    place[name] = another(place[name], random)
    version["header"]["content_hash"] = script.digest(script.folded(version["content"]))
    version["hash"] = script.digest(version["header"])


def rewrite_all_that_follows(history, random):
    """Change one version and compute everything onward: only the known head tells."""
    versions = history["versions"]
    at = random.randrange(len(versions))
    versions[at]["header"]["change_note"] += "x"
    for place in range(at, len(versions)):
        if place:
            versions[place]["header"]["previous_hash"] = versions[place - 1]["hash"]
        versions[place]["hash"] = script.digest(versions[place]["header"])
    history["head"]["hash"] = versions[-1]["hash"]


def cut_the_end(history, random):
    """Leave out the last versions, and say that the one before them is the last."""
    versions = history["versions"]
    del versions[max(1, len(versions) - random.randint(1, 3)) if len(versions) > 1 else 0 :]
    if versions:
        history["head"] = {"number": len(versions), "hash": versions[-1]["hash"]}


def leave_something_out(history, random):
    version = random.choice(history["versions"])
    place = random.choice([version, version["header"], version["content"]["fields"]])
    del place[random.choice(sorted(place))]


def hide_a_version(history, random):
    at = random.randrange(len(history["versions"]))
    history["versions"][at] = {"number": at + 1, "hash": history["versions"][at]["hash"]}


def add_something(history, random):
    version = random.choice(history["versions"])
    place = random.choice([history, version, version["header"], version["content"]["fields"]])
    place[f"added{random.randrange(9)}"] = "x"


WAYS = (
    change_a_value, change_a_note, drop_a_version, double_a_version, change_the_order,
    rewrite_with_its_own_hashes, rewrite_all_that_follows, cut_the_end, leave_something_out,
    hide_a_version, add_something,
)  # fmt: skip


def test_every_one_of_a_thousand_changes_is_found(histories):
    random, found, missed = Random(4), Counter(), []  # noqa: S311 - the same each time
    for number in range(CHANGES):
        original = random.choice(histories)
        history = json.loads(original)
        head = history["head"]["hash"]
        way = WAYS[number % len(WAYS)]
        way(history, random)
        assert history != json.loads(original), f"{way.__name__} changed nothing"
        if holds(json.dumps(history), head):
            missed.append((number, way.__name__))
        found[way.__name__] += 1

    assert missed == []
    assert sum(found.values()) == CHANGES
    assert min(found.values()) >= CHANGES // len(WAYS)


def test_a_history_that_nobody_touched_holds(histories):
    for text in histories:
        assert holds(text, json.loads(text)["head"]["hash"])
        # Other white space is no other history.
        assert holds(json.dumps(json.loads(text), indent=2), json.loads(text)["head"]["hash"])


def test_without_the_known_head_the_cut_end_is_not_found(histories):
    history = json.loads(histories[0])
    cut_the_end(history, Random(1))  # noqa: S311 - the same each time

    assert holds(json.dumps(history), "")
    assert not holds(json.dumps(history), json.loads(histories[0])["head"]["hash"])


def test_the_words_of_a_public_version_cannot_be_left_out_of_the_public_file():
    speech = make_public()
    change(speech, title="Another title")
    change(speech, title="A third title")
    for at in range(3):
        history = json.loads(exported(speech))
        version = history["versions"][at]
        history["versions"][at] = {"number": at + 1, "hash": version["hash"]}
        with pytest.raises(script.Broken):
            script.verify(history)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"format":1,"format":1}', "1.5", "NaN", "[" * 100_000, '"\\ud800"'],
)
def test_what_is_no_history_is_refused_in_plain_words(text):
    with pytest.raises(script.Broken, match=r"This is no history|added or left out"):
        script.verify(script.read(text))
