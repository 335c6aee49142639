"""Requests for access, as visitors make them, administrators see them and the owner is told of them."""

import time

import httpx

from processes import Deadline, Server, Simulator, patience

TOKEN = "700000001:demo"
GROUP = "-1001234567890"
OLD_GROUP = "-4001234"
BLOCKER = "700000009"
ADMIN_TOKEN = "a-token-for-administrators-7Q2x"
ADMIN = {"Authorization": "Bearer " + ADMIN_TOKEN}


def telegram_settings(sim: Simulator, **more: str) -> dict[str, str]:
    return {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_CHAT_ID": GROUP,
        "TELEGRAM_URL": sim.url + "/telegram",
        "ADMIN_TOKEN": ADMIN_TOKEN,
    } | more


def ask(client: httpx.Client, name="Rani Senja", email="rani@example.org") -> httpx.Response:
    return client.post("/request-access", json={"name": name, "email": email})


def requests_of(client: httpx.Client, **parameters) -> list[dict]:
    """As the administrator sees them, newest first."""
    answer = client.get("/admin/access-requests", params=parameters, headers=ADMIN)
    assert answer.status_code == 200, answer.text
    return answer.json()["requests"]


def decide(client: httpx.Client, id: int, decision: str) -> httpx.Response:
    return client.post(f"/admin/access-requests/{id}", json={"decision": decision}, headers=ADMIN)


def wait_until(fulfilled, seconds: float = 30.0):
    """Polls until it is something; what comes behind an answer has no other sign."""
    deadline = Deadline(patience(seconds))
    while not (found := fulfilled()):
        assert not deadline.passed, "it did not come about"
        time.sleep(0.05)
    return found


def delivered(client: httpx.Client, state: str, email="rani@example.org") -> dict:
    """Waits until the notice of that request has come so far."""

    def look():
        return next((r for r in requests_of(client) if r["email"] == email and r["delivery"] == state), None)

    return wait_until(look)


def attempted(client: httpx.Client, times: int, email="rani@example.org") -> dict:
    """Waits until it was tried so often, and is to be tried again."""

    def look():
        return next(
            (
                r
                for r in requests_of(client)
                if r["email"] == email and r["attempts"] >= times and r["delivery"] == "pending"
            ),
            None,
        )

    return wait_until(look)


def say_nothing_of_the_token(server: Server):
    assert TOKEN not in server.output()
    assert "rani@example.org" not in server.output(), "nor of who asked"
