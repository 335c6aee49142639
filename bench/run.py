"""Runs scenarios and tells what came out. `script/bench` builds what is needed and calls this."""

import argparse
import importlib
import os
import sys
from pathlib import Path

import measure
from peers import REPOSITORY, Options, Stage

# In the order of the report. Each is a file beside this one, with TITLE and prepare(stage).
SCENARIOS = ("dashboard", "not-modified", "front", "churn", "hang", "login", "player", "watchers", "emotions",
             "startup", "export", "scrape")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("scenarios", nargs="+", choices=[*SCENARIOS, "all"], metavar="scenario",
                        help=", ".join(SCENARIOS) + " or all")
    parser.add_argument("--quick", action="store_true", help="a short run that shows that it works")
    parser.add_argument("--repeats", type=int, help="interleaved rounds that count (default 5)")
    parser.add_argument("--seconds", type=float, help="length of one piece (default: the scenario's own)")
    parser.add_argument("--connections", type=int, default=32, help="of wrk (default 32)")
    parser.add_argument("--cores", default="auto", help="SERVER,CLIENT to pin to, or `none`")
    parser.add_argument("--markdown", action="store_true", help="tell the results as Markdown")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "build/bench", help="folder for the JSON")
    parser.add_argument("--program", type=Path, help="our binary (default: PERSONALIFY_BINARY)")
    parser.add_argument("--against-program", type=Path, help="another build's, as the peer")
    parser.add_argument("--against-name", default="other", help="what to call it")
    return parser.parse_args()


def cores(text: str) -> tuple[int, int] | None:
    if text == "none":
        return None
    if text == "auto":
        allowed = sorted(os.sched_getaffinity(0))
        return (allowed[0], allowed[1]) if len(allowed) > 1 else None
    server, _, client = text.partition(",")
    return int(server), int(client)


def options_of(given: argparse.Namespace, module) -> Options:
    seconds = given.seconds or (1 if given.quick else getattr(module, "SECONDS", 5))
    return Options(
        program=(given.program or Path(os.environ["PERSONALIFY_BINARY"])).resolve(),
        against=given.against_program and given.against_program.resolve(),
        against_name=given.against_name,
        quick=given.quick,
        repeats=given.repeats or (1 if given.quick else getattr(module, "REPEATS", 5)),
        seconds=seconds,
        connections=given.connections,
        cores=cores(given.cores),
    )


def measured(name: str, given: argparse.Namespace) -> measure.Result:
    module = importlib.import_module(name.replace("-", "_"))
    options = options_of(given, module)
    allowed = os.sched_getaffinity(0)
    try:
        with Stage(options) as stage:
            sides = module.prepare(stage)
            warm_up = getattr(module, "WARM_UP", True) and not options.quick
            rounds = measure.interleave(sides, options.repeats, warm_up)
    finally:
        os.sched_setaffinity(0, allowed)
    settings = {"seconds": options.seconds, "connections": options.connections, "cores": options.cores,
                "quick": options.quick}
    return measure.Result(name, module.TITLE, list(sides), rounds, settings)


def main() -> None:
    given = arguments()
    names = SCENARIOS if "all" in given.scenarios else given.scenarios
    folder = given.out / f"against-{given.against_name}" if given.against_program else given.out
    results = []
    for name in names:
        print(f"... {name}", file=sys.stderr, flush=True)
        results.append(measured(name, given))
        measure.save(results[-1], folder)
        print(measure.as_text(results[-1]), file=sys.stderr if given.markdown else sys.stdout, flush=True)
    if given.markdown:
        print(measure.as_markdown(results))


if __name__ == "__main__":
    main()
