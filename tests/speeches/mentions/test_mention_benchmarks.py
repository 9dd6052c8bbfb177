"""The measurements themselves: on a page of two sentences they say what is right."""

import json
from pathlib import Path

import pytest

from benchmarks.mentions.labelled import Page, directory_rows, read_page
from benchmarks.mentions.scoring import score
from benchmarks.mentions.speed import build, made_names, milliseconds, with_keys
from speeches.mentions.finding.finder import find

SHIPPED = Path("initiatives/data/directory.json")
WORDS = "IOM and the United Nations met.\nThe Sample Policy Index is new."


def page(folder: Path, *labels: tuple[int, str, str, str]) -> Page:
    lines = WORDS.split("\n")
    mentions = [
        {"par": par, "start": lines[par].index(surface), "surface": surface, "target": target,
         "end": lines[par].index(surface) + len(surface), "tier": tier}
        for par, surface, target, tier in labels
    ]  # fmt: skip
    (folder / "page.txt").write_text(WORDS)
    (folder / "gold.json").write_text(json.dumps({
        "page": "page.txt", "org": None, "date": None, "mentions": mentions,
        "paras": [{"from": 1, "to": 1}, {"from": 2, "to": 2}],
    }))  # fmt: skip
    return read_page(folder / "gold.json", folder)


def test_what_is_right_wrong_and_missed_is_counted(tmp_path: Path) -> None:
    rows, facts, known = directory_rows(SHIPPED)
    labelled = page(
        tmp_path,
        (0, "IOM", "org:iom", "E"),
        (0, "United Nations", "org:ilo", "E"),
        (0, "met", "country:fr", "E"),
        (1, "Sample Policy Index", "init:sample", "E"),
    )
    catalogue, _seconds = build(rows, facts)

    scores = score([(labelled, find(labelled.document, catalogue))], known)

    everything, new = scores["all"], scores["new"]
    assert (everything.right, everything.wrong, everything.exact) == (1, 1, 1)
    assert (everything.seen, everything.labelled) == (1, 3)
    assert (everything.precision, round(everything.recall, 2)) == (0.5, 0.33)
    assert (new.right, new.wrong, new.seen, new.labelled) == (1, 0, 1, 1)


def test_a_label_that_is_not_where_it_says_is_refused(tmp_path: Path) -> None:
    page(tmp_path, (0, "IOM", "org:iom", "E"))
    gold = json.loads((tmp_path / "gold.json").read_text())
    gold["mentions"][0]["start"] = 1
    (tmp_path / "gold.json").write_text(json.dumps(gold))

    with pytest.raises(ValueError, match="is not where its label says"):
        read_page(tmp_path / "gold.json", tmp_path)


def test_invented_names_change_nothing_that_is_found(tmp_path: Path) -> None:
    rows, facts, _known = directory_rows(SHIPPED)
    labelled = page(tmp_path, (0, "IOM", "org:iom", "E"))
    small, _ = build(rows, facts)
    large, _ = build(with_keys([*rows, *made_names(500)]), facts)

    assert find(labelled.document, small) == find(labelled.document, large)
    assert milliseconds([labelled.document], small) > 0
