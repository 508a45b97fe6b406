"""What a city file must keep beside its questionnaire."""

from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Places
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire


def check_city(city: City, places: Places, questionnaire: Questionnaire) -> list[Diagnostic]:
    """Every fault of a city file, sorted by place."""
    return []
