"""The embedded page at `/`, as a browser asks for it."""

from measure import Sides
from peers import Request, Stage
from steady import sides

TITLE = "The embedded page"


def prepare(stage: Stage) -> Sides:
    return sides(stage, lambda house: Request("/", ("Accept: text/html",)))
