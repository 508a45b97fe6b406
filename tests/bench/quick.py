"""What quick reading of a city file takes, as a share of what `yaml.load` takes for its text.

Processor time of one process, medians of rounds over files that differ from round to round: nothing
that was read before is read again.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from tests.making.folder import city_files

from maturity.loading.models import Loaded, fetch, load
from maturity.loading.quick.city import plain_city
from maturity.loading.quick.form import Form
from maturity.model.questionnaire import Questionnaire

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
FILES = 600  # in a round
MOST = 0.5


def main() -> int:
    """Measure, print, and give 1 where the share is too great."""
    form = _form()
    every = [text.encode() for _, text in city_files(ROUNDS * FILES)]
    quick, slow, left = [], [], 0
    for number in range(ROUNDS):
        files = every[number * FILES : (number + 1) * FILES]
        slow.append(_taken(files, lambda raw: yaml.load(raw, Loader=yaml.CSafeLoader)))
        quick.append(_taken(files, lambda raw: plain_city(raw, form)))
        left += sum(plain_city(raw, form) is None for raw in files)
    shares = [one / other for one, other in zip(quick, slow, strict=True)]
    share = statistics.median(shares)
    print(f"{'yaml.load':<12}{1000 * statistics.median(slow) / FILES:>8.3f} ms a file")
    print(f"{'plain_city':<12}{1000 * statistics.median(quick) / FILES:>8.3f} ms a file")
    print(f"share {share:.2f}, at most {MOST}; {left} of {len(every)} files are not plain")
    return int(share > MOST)


def _form() -> Form:
    source = fetch(ROOT / "questionnaires" / "ppp-three-tier.yaml")
    loaded = source if isinstance(source, list) else load(source, Questionnaire)
    assert isinstance(loaded, Loaded)
    return Form.of(loaded.model)


def _taken(files: list[bytes], read: Callable[[bytes], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    for raw in files:
        read(raw)
    return time.process_time() - start


if __name__ == "__main__":
    raise SystemExit(main())
