"""A warm dashboard of about 11 KB, asked for by the listener whose it is (session cookie)."""

from measure import Sides
from peers import House, Stage
from steady import sides

TITLE = "A warm dashboard, asked for with a session cookie; nginx asks nobody who they are"


def prepare(stage: Stage) -> Sides:
    return sides(stage, House.dashboard)
