"""A warm dashboard over a new TCP connection each time."""

from measure import Sides
from peers import House, Stage
from steady import sides

TITLE = "A warm dashboard, each on a connection of its own"


def prepare(stage: Stage) -> Sides:
    return sides(stage, lambda house: house.dashboard().plus("Connection: close"))
