"""Models made by chance, as the files in which a user would keep them."""

import json
from pathlib import Path

from tests.making.shipped import Models


def write_models(folder: Path, models: Models) -> Path:
    """Write questionnaire and rubric; the path of the rubric."""
    paths = folder / "questionnaires" / "made.yaml", folder / "rubrics" / "made.yaml"
    bundle = models.bundle
    for path, model in zip(paths, (bundle.questionnaire, bundle.rubric), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        told = model.model_dump(mode="json", by_alias=True, exclude_unset=True)
        path.write_text(json.dumps(told), encoding="utf-8")
    return paths[1]
