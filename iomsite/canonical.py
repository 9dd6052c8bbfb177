"""One way to write a value down, so that everybody computes the same checksum of it.

JSON with sorted keys, no spaces and every character as it is, in UTF-8: what RFC 8785 asks
for, since no numbers but whole ones are written here.
"""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> str:
    """Return a value as canonical JSON.

    Raises TypeError for what JSON cannot hold, and ValueError for a number that is not whole.
    """
    _refuse_fractions(value)
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _refuse_fractions(value: Any) -> None:
    if isinstance(value, float):
        raise ValueError(f"{value!r} is no whole number, and no two programs write it alike.")
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{key!r} is no text, and only texts name values in JSON.")
            _refuse_fractions(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_fractions(inner)
