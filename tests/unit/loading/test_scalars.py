"""What unquoted words mean: the core schema of YAML 1.2, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from maturity.loading.nodes import Document, read

if TYPE_CHECKING:
    from maturity.loading.nodes import Value

both = pytest.mark.usefixtures("either_parser")


def data(text: str) -> Value:
    found = read("c.yaml", text.encode())
    assert isinstance(found, Document), [one.line() for one in found]
    return found.data


CORE: list[tuple[str, Any]] = [
    *[(word, True) for word in ("true", "True", "TRUE")],
    *[(word, False) for word in ("false", "False", "FALSE")],
    *[(word, None) for word in ("null", "Null", "NULL", "~", "")],
    *[(str(number), number) for number in (0, 1, -1, 12, 100, 999_999_999_999_999)],
    ("+7", 7),
    ("-0", 0),
    ("0o17", 15),
    ("0x1F", 31),
    ("0xdeadbeef", 0xDEADBEEF),
    ("1.5", 1.5),
    ("-12.96", -12.96),
    ("1.", 1.0),
    (".5", 0.5),
    ("+.5", 0.5),
    ("1e3", 1000.0),
    ("1E-2", 0.01),
    ("12.25e+2", 1225.0),
    ("0.0", 0.0),
    ("0e5", 0.0),
    ("00.5", 0.5),
    ("3.141592653589793", 3.141592653589793),
]
TEXTS = """
no No NO yes Yes YES on On ON off Off OFF y Y n N tRUE nULL none None nil
2026-11-01 2024-02-30 2001-12-14t21:59:43.10-05:00 1:30 12:30:45 190:20:30 1_0 1_000.5 0b101 0b2
0o8 0xg +0x1 -0o7 1.2.3 1,5 1e 1e+ e5 . .. -- + .e5 .5. 1..2 +.nan .iNF inf nan Infinity NaN
\uff11\uff12 ١٢ ½ 1٣ <<< = == ~~ null~ 12a a12 0- 0x 0o 望加錫 a#b a:b http://x.y/z :a -a ?a
""".split()  # noqa: SIM905


@both
@pytest.mark.parametrize(("word", "value"), CORE)
def test_unquoted_words_mean_what_the_core_schema_of_yaml_1_2_says(word: str, value: Any) -> None:
    assert data(f"a: {word}\n") == {"a": value}
    assert type(data(f"a: {word}\n")["a"]) is type(value)  # type: ignore[call-overload,index]


@both
@pytest.mark.parametrize("word", TEXTS)
def test_all_other_unquoted_words_are_texts(word: str) -> None:
    assert data(f"a: {word}\n") == {"a": word}


@both
@pytest.mark.parametrize("word", [word for word, _ in CORE] + TEXTS + [".inf", "012", "<<"])
def test_quoted_words_are_texts_as_they_stand(word: str) -> None:
    assert data(f"'a': '{word}'\n") == data(f'"a": "{word}"\n') == {"a": word}
    assert data(f"- '{word}'\n") == [word]
