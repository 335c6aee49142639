"""Eight lyrics one after the other, then at once; and who else is served while lyrics are read without pause."""

import random
import threading
import time

import measure
import wrk
from hang import FrontProbe
from peers import House, Stage, Visitor

TITLE = "Lyrics: eight at once against one after the other, and a warm dashboard meanwhile"
READERS = 8
LENGTH = 2500  # characters of a lyric
LINES = (
    "I left the kitchen light on for you again", "and the rain knows every word of this song",
    "we were young and nothing could hold us down", "don't call me when the party is over",
    "thank you for the summer and the borrowed coat", "I'm so tired of pretending I'm fine",
    "malam ini hujan lagi dan kau tak di sini", "aku takut kehilangan senyummu di pagi hari",
    "terima kasih sudah pernah singgah di hatiku", "jangan pulang dulu, lagunya belum selesai",
    "kita tertawa di atas motor tua bapakmu", "benci sekali aku pada janji yang kau ulang",
)  # fmt: skip


def prepare(stage: Stage) -> measure.Sides:
    return {name: lambda house=house: _run(stage, house) for name, house in stage.houses().items()}


def _lyric(number: int) -> str:
    chance = random.Random(number)
    text = ""
    while len(text) < LENGTH:
        text += chance.choice(LINES) + f" {chance.randrange(1000)}" + ("\n\n" if chance.random() < 0.2 else "\n")
    return text[:LENGTH]


def _read(visitor: Visitor, lyric: str) -> None:
    answer = visitor.client.post("/analyze-lyrics", json={"lyrics": lyric})
    answer.raise_for_status()
    if len(answer.json()["emotions"]) != 5:
        raise RuntimeError(f"no emotions: {answer.text}")


def _run(stage: Stage, house: House) -> measure.Run:
    lyrics = [_lyric(number) for number in range(READERS)]
    visitors = [Visitor(house.server) for _ in lyrics]
    for visitor, lyric in zip(visitors, lyrics):  # loads the model, and its shapes
        _read(visitor, lyric)
    start = time.perf_counter()
    for visitor, lyric in zip(visitors, lyrics):
        _read(visitor, lyric)
    serial = time.perf_counter() - start
    start = time.perf_counter()
    _at_once([lambda visitor=visitor, lyric=lyric: _read(visitor, lyric) for visitor, lyric in zip(visitors, lyrics)])
    together = time.perf_counter() - start
    over = threading.Event()

    def keep_reading(visitor: Visitor, lyric: str) -> None:
        while not over.is_set():
            _read(visitor, lyric)

    readers = [threading.Thread(target=keep_reading, args=pair) for pair in zip(visitors, lyrics)]
    for reader in readers:
        reader.start()
    try:
        with FrontProbe(house) as probe:  # alone: a load generator would be what delays it
            time.sleep(stage.options.seconds)
        warm = wrk.load(house.server.port, house.server.pid, house.dashboard(), stage.options.seconds, 2)
    finally:
        over.set()
        for reader in readers:
            reader.join()
    return {
        "serial_ms": serial * 1000,
        "together_ms": together * 1000,
        "together_of_serial": together / serial,
        "front_reading_p99_ms": measure.percentile(probe.taken_ms, 0.99),
        "dashboard_reading_p99_ms": warm["p99_ms"],
    }


def _at_once(calls) -> None:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
