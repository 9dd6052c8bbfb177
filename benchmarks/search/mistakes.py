"""Typing mistakes, made on purpose and the same for the same seed."""

from random import Random

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def mistyped(word: str, random: Random) -> str:
    """Return the word with one mistake: a letter left out, doubled, wrong, or two swapped."""
    while True:
        place = random.randrange(1, len(word))
        before, letter, after = word[:place], word[place], word[place + 1 :]
        wrong = random.choice(
            [
                before + after,
                before + letter + letter + after,
                before + random.choice(LETTERS) + after,
                before + random.choice(LETTERS) + letter + after,
                before + after[:1] + letter + after[1:],
            ]
        )
        if wrong != word:
            return wrong


def mistyped_quote(words: list[str], random: Random) -> list[str] | None:
    """Return the words with one mistake in one of them, or None if all are too short."""
    long_enough = [place for place, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long_enough:
        return None
    place = random.choice(long_enough)
    return [*words[:place], mistyped(words[place], random), *words[place + 1 :]]
