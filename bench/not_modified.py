"""The same dashboard by a client that has it already: If-None-Match, answered with 304."""

from measure import Sides
from peers import House, Stage
from steady import sides

TITLE = "A dashboard that the client has already (304)"


def prepare(stage: Stage) -> Sides:
    return sides(stage, House.dashboard, conditional=True)
