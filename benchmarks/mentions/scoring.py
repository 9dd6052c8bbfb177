"""Precision, recall and F1 of what was found on labelled pages.

A finding is right when it overlaps a label of the same target; exact spans are counted apart. A
proposal is right when it overlaps a label of something that the directory lacks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.mentions.labelled import Label, Page, id_of
from speeches.mentions.finding.found import Findings, Found


@dataclass
class Score:
    """Counts, and what follows from them."""

    right: int = 0
    wrong: int = 0
    labelled: int = 0
    seen: int = 0
    exact: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        return self.seen / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(pages: Sequence[tuple[Page, Findings]], known: frozenset[str]) -> dict[str, Score]:
    """Return the scores by kind of target, and under `all`, `editions`, `new`, `indirect`, `short`.

    Explicit names (tier E) make the scores by kind; a finding that hits a label of another tier
    is right where the target is, and never wrong on an optional one.
    """
    scores: dict[str, Score] = defaultdict(Score)
    for page, findings in pages:
        _score_names(page, findings.mentions, known, scores)
        _score_new(page, findings, known, scores["new"])
    return dict(scores)


def _is_known(label: Label, known: frozenset[str]) -> bool:
    return label.target in known or label.target.startswith("country:")


def _overlapping(labels: Iterable[Label], found: Found) -> list[Label]:
    return [
        one
        for one in labels
        if one.passage == found.passage and one.start < found.end and found.start < one.end
    ]


def _score_names(
    page: Page, mentions: Sequence[Found], known: frozenset[str], scores: dict[str, Score]
) -> None:
    seen: dict[Label, bool] = {}
    for found in mentions:
        over = _overlapping(page.labels, found)
        same = [one for one in over if one.target == id_of(found.target)]
        names = [scores["all"], scores[found.target.kind]]
        if found.target.kind == "meeting":
            names.append(scores["editions"])
        if same:
            exact = any((one.start, one.end) == (found.start, found.end) for one in same)
            for one in same:
                seen[one] = seen.get(one, False) or exact
            for each in names:
                each.right += 1
                each.exact += exact
        elif not any(one.tier == "O" for one in over):
            told = f"{page.name} {found.passage}: “{found.surface}” is no {id_of(found.target)}"
            for each in names:
                each.wrong += 1
                each.errors.append(told)
    _count_labels(page, seen, known, scores)


def _count_labels(
    page: Page, seen: dict[Label, bool], known: frozenset[str], scores: dict[str, Score]
) -> None:
    tiers = {"I": "indirect", "C": "short"}
    for label in page.labels:
        if label.tier == "O" or not _is_known(label, known):
            continue
        kind = label.target.partition(":")[0]
        names = [tiers[label.tier]] if label.tier in tiers else ["all", KIND_OF.get(kind, kind)]
        if label.tier == "E" and kind == "meet":
            names.append("editions")
        for name in names:
            scores[name].labelled += 1
            scores[name].seen += label in seen
            if label not in seen:
                told = f"{page.name} {label.passage}: “{label.surface}” was missed, {label.target}"
                scores[name].errors.append(told)


KIND_OF = {"org": "organization", "init": "initiative", "series": "meeting_series",
           "meet": "meeting"}  # fmt: skip


def _score_new(page: Page, findings: Findings, known: frozenset[str], score: Score) -> None:
    lacking = [one for one in page.labels if one.target != "-" and not _is_known(one, known)]
    targets = {one.target for one in lacking}
    hit: set[str] = set()
    for proposal in findings.proposals:
        over = {
            one.target
            for passage, start, end in proposal.spans
            for one in lacking
            if one.passage == passage and one.start < end and start < one.end
        }
        is_optional = any(
            one.tier == "O" and one.passage == passage and one.start < end and start < one.end
            for passage, start, end in proposal.spans
            for one in page.labels
        )
        if over:
            score.right += 1
            hit |= over
        elif not is_optional:
            score.wrong += 1
            score.errors.append(f"{page.name}: “{proposal.name}” was proposed")
    score.labelled += len(targets)
    score.seen += len(hit)
    score.errors += [f"{page.name}: {target} was not proposed" for target in sorted(targets - hit)]
