"""The owner hears of requests for access by Telegram: never twice, and never at a visitor's cost."""

import json

import pytest

from browser import client_of
from telegram_walks import (
    BLOCKER,
    GROUP,
    OLD_GROUP,
    TOKEN,
    ask,
    attempted,
    delivered,
    requests_of,
    say_nothing_of_the_token,
    telegram_settings,
    wait_until,
)

SEND = f"/telegram/bot{TOKEN}/sendMessage"


@pytest.fixture
def told(make_server, sim):
    """A server whose owner is told, and a client of it."""
    opened = []

    def make(**settings: str):
        server = make_server(**telegram_settings(sim, **settings))
        opened.append((server, client_of(server)))
        return opened[-1]

    yield make
    for server, client in opened:
        client.close()
        say_nothing_of_the_token(server)


def test_the_owner_is_told(told, sim):
    _, client = told()
    answer = ask(client)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "message": "Request received"})
    request = delivered(client, "sent")
    assert request["attempts"] == 1
    (text,) = sim.telegram()
    assert "Rani Senja" in text and "rani@example.org" in text
    (entry,) = sim.journal("telegram")
    assert entry["path"] == SEND
    body = json.loads(entry["body"])
    assert body["chat_id"] == int(GROUP)
    assert "parse_mode" not in body


def test_names_come_through_as_they_are(told, sim):
    _, client = told()
    name = "_*[R]a(n)i`~<b>&amp; 👩‍🎤 田中"
    ask(client, name=name)
    delivered(client, "sent")
    assert name in sim.telegram()[0]


@pytest.mark.parametrize("name", ["Rani\nMail: x@example.org", "\u202eevil", "Ra\x07ni", "a\u2028b", "\x85"])
def test_names_of_several_lines_are_refused(told, sim, name):
    _, client = told()
    answer = ask(client, name=name)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "name"]
    assert requests_of(client) == []


def test_the_longest_request_fits(told, sim):
    _, client = told()
    domain = "@" + ".".join(["d" * 60] * 3) + ".org"
    ask(client, name="🎧" * 100, email="r" * 60 + domain)
    delivered(client, "sent", "r" * 60 + domain)
    assert "🎧" * 100 in sim.telegram()[0]


def test_a_slow_telegram_slows_no_visitor(told, sim):
    _, client = told()
    sim.fail({"route": "/telegram/*", "delay_ms": 5_000})
    assert ask(client).status_code == 200
    assert sim.telegram() == [], "the answer did not wait"
    delivered(client, "sent")


@pytest.mark.parametrize(
    "fault",
    [
        {"reset": "before"},
        {"reset": "amid"},
        {"truncate": 20},
        {"bad_json": True},
        {"empty_body": True},
        {"html_instead": True},
        {"wrong_length": True},
        {"huge": 1},
        {"delay_ms": 12_000},
    ],
    ids=lambda fault: next(iter(fault)),
)
def test_what_may_have_been_sent_is_not_sent_again(told, sim, fault):
    server, client = told()
    sim.fail({"route": "/telegram/*", "times": 1} | fault)
    ask(client)
    request = delivered(client, "maybe_sent")
    assert request["attempts"] == 1
    ask(client, email="next@example.org")
    delivered(client, "sent", "next@example.org")
    assert len(sim.journal("telegram")) == 2, "one for each"


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_troubled_telegram_is_tried_again(told, sim, status):
    _, client = told()
    sim.fail({"route": "/telegram/*", "status": status, "times": 1})
    ask(client)
    assert delivered(client, "sent")["attempts"] == 2
    assert len(sim.telegram()) == 1


@pytest.mark.parametrize("how", ["parameter", "header"])
def test_too_many_requests_wait_as_long_as_telegram_says(told, sim, how):
    _, client = told()
    fault = {"route": "/telegram/*", "status": 429, "times": 1}
    if how == "header":
        fault |= {"body": "slow down", "retry_after": "1"}
    sim.fail(fault)
    ask(client)
    ask(client, email="other@example.org")
    delivered(client, "sent")
    delivered(client, "sent", "other@example.org")
    assert len(sim.telegram()) == 2
    assert len(sim.journal("telegram")) == 3


def test_a_stopped_bot_stays_stopped_over_a_restart(told, sim, make_server):
    server, client = told()
    sim.fail({"route": "/telegram/*", "status": 429, "times": 1, "body": "", "retry_after": "120"})
    ask(client)
    attempted(client, 1)
    server.check_stopped_well()
    again = make_server.adopt(server.again())
    with client_of(again) as later:
        ask(later, email="other@example.org")
        assert len(requests_of(later)) == 2
    again.check_stopped_well()
    assert len(sim.journal("telegram")) == 1


@pytest.mark.parametrize(
    "settings, fault, named",
    [
        ({"TELEGRAM_CHAT_ID": "-99"}, None, "TELEGRAM_CHAT_ID"),
        ({"TELEGRAM_CHAT_ID": BLOCKER}, None, "TELEGRAM_CHAT_ID"),
        ({}, {"status": 401}, "TELEGRAM_BOT_TOKEN"),
        ({}, {"status": 404}, "TELEGRAM_BOT_TOKEN"),
        ({}, {"status": 200, "body": '{"ok":false,"error_code":403,"description":"Forbidden"}'}, "CHAT_ID"),
    ],
    ids=["chat", "blocked", "401", "404", "ok-false"],
)
def test_a_wrong_configuration_is_told_once_with_its_remedy(told, sim, settings, fault, named):
    server, client = told(**settings)
    if fault:
        sim.fail({"route": "/telegram/*"} | fault)
    ask(client)
    ask(client, email="other@example.org")
    attempted(client, 1)
    server.check_stopped_well()
    lines = [line for line in server.output().splitlines() if '"telegram"' in line]
    told_lines = [line for line in lines if "upstream.closed" not in line]
    assert len(told_lines) == 1 and len(lines) == 2, lines
    assert named in told_lines[0]
    assert len(sim.journal("telegram")) == 1, "the bot is left alone"


def test_a_group_that_moved_is_followed(told, sim):
    server, client = told(TELEGRAM_CHAT_ID=OLD_GROUP)
    ask(client)
    delivered(client, "sent")
    assert len(sim.telegram()) == 1
    server.check_stopped_well()
    assert f"TELEGRAM_CHAT_ID={GROUP}" in server.output()


def test_nothing_listens_at_the_address(told, make_server):
    _, client = told(TELEGRAM_URL="http://127.0.0.1:9/telegram")
    ask(client)
    assert attempted(client, 2)["attempts"] >= 2, "nothing was sent, so it is tried again"


def test_a_killed_server_loses_nothing(told, sim, make_server):
    server, client = told()
    sim.fail({"route": "/telegram/*", "delay_ms": 60_000})
    ask(client)
    wait_until(lambda: sim.journal("telegram"))
    ask(client, email="waiting@example.org")
    server.kill()
    sim.heal()
    sim.forget_journal()
    again = make_server.adopt(server.again())
    with client_of(again) as later:
        delivered(later, "maybe_sent")
        delivered(later, "sent", "waiting@example.org")
    assert len(sim.journal("telegram")) == 1
    assert len([text for text in sim.telegram() if "rani@example.org" in text]) <= 1


def test_without_a_bot_requests_wait_for_one(make_server, sim):
    server = make_server()
    with client_of(server) as client:
        assert ask(client).json()["message"] == "Request received (Mock Mode)"
    server.check_stopped_well()
    assert sim.journal("telegram") == []
    again = make_server.adopt(server.again(**telegram_settings(sim)))
    with client_of(again) as client:
        delivered(client, "sent")
    assert len(sim.telegram()) == 1
