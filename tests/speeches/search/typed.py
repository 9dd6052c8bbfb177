"""What people and machines type into a search box, for tests that must bear all of it."""

from hypothesis import strategies as st

SIGNS = [
    *"\"“”„«»「」'()[]|-−–—*:~^%_\\/&,،。、", "||", "\x00", "\u0301", "\u200d", "\u202e", "\ud800",
    "🙂", "移民", "難", "هجرة", "миграция", "प्रवास", "ผู้อพยพ", "OR", "AND", "NOT", "NEAR", "NEAR/3",
    "OU", "speaker:", "year:", "from:", "to:", "2006", "2006-05", "..", "a", "migr", "l'accord",
    "co-operation", "SELECT 1; --", "ＯＲ", "＂",
]  # fmt: skip
typed = st.one_of(
    st.text(max_size=60),
    st.lists(st.tuples(st.sampled_from(SIGNS), st.sampled_from(["", " "])), max_size=25).map(
        lambda signs: "".join(sign + space for sign, space in signs)
    ),
    st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "surrogateescape")),
)
