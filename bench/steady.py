"""What dashboard, not-modified, front and churn share: one request that wrk asks over and over, of ours and of
a peer that gives the same answer."""

from collections.abc import Callable

import measure
import wrk
from measure import Sides
from peers import House, Request, Stage


def sides(stage: Stage, request_of: Callable[[House], Request], conditional: bool = False) -> Sides:
    """Ours, and nginx or the other build. `conditional`: the request names the answer's ETag."""
    options = stage.options
    ours = stage.house()
    request = request_of(ours)
    answer = request.fetch(ours.server.port)
    found = {"ours": _side(stage, ours.server.port, ours.server.pid, request, conditional)}
    if options.against:
        other = stage.house(options.against)
        found[options.against_name] = _side(stage, other.server.port, other.server.pid, request_of(other),
                                            conditional)
    else:
        nginx = stage.nginx(request.path, answer)
        theirs = Request(nginx.path, request.headers)
        assert theirs.fetch(nginx.port).body == answer.body
        found[nginx.name] = _side(stage, nginx.port, nginx.pid, theirs, conditional)
    return found


def _side(
    stage: Stage, port: int, pid: int, request: Request, conditional: bool
) -> Callable[[], measure.Run]:
    if conditional:
        request = request.plus("If-None-Match: " + request.fetch(port).headers["etag"])
    status = request.fetch(port).status
    assert status == (304 if conditional else 200), f"{request.path} is answered with {status}"
    options = stage.options
    return lambda: wrk.load(port, pid, request, options.seconds, options.connections)
