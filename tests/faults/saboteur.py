"""Somebody who kills a part of the installation now and then, and has it started again at once.

What dies, and at which acknowledged command, is drawn from the seed; the instant within is chance. The number of deaths
is bounded, and they all lie between the first command and the last.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Literal

from tests.faults.notes import Notes
from tests.faults.servers import Part, Say, Store, Temporal, Worker

Victim = Literal["worker", "PostgreSQL", "a session of PostgreSQL", "Temporal", "everything"]
VICTIMS: tuple[Victim, ...] = ("worker", "PostgreSQL", "Temporal", "a session of PostgreSQL", "everything")
_LAST = 0.9
"""Where the deaths end, as a share of all commands: what comes after runs in peace."""
_SOON_SECONDS = 0.4
_TENDED_SECONDS = 0.2


@dataclass(frozen=True)
class Strike:
    """One death: after so many acknowledged commands and a moment more."""

    after: int
    moment: float
    victim: Victim


def strikes_of(rng: Random, kills: int, commands: int) -> list[Strike]:
    """Draw the deaths of a run; everybody dies as often as the others."""
    last = max(int(commands * _LAST), 1)
    victims = [VICTIMS[number % len(VICTIMS)] for number in range(kills)]
    rng.shuffle(victims)
    points = sorted(rng.randint(1, last) for _ in victims)
    return [Strike(point, rng.uniform(0, _SOON_SECONDS), victim) for point, victim in zip(points, victims, strict=True)]


class Saboteur:
    """Carries out the strikes of a run, one after the other.

    Attributes:
        deaths: How often each died by our hand.
        own_ends: How often a worker ended without it.
    """

    def __init__(self, store: Store, temporal: Temporal, worker: Worker, notes: Notes, say: Say) -> None:
        self._store = store
        self._temporal = temporal
        self._worker = worker
        self._notes = notes
        self._say = say
        self._hand = asyncio.Lock()
        self.deaths: Counter[Victim] = Counter()
        self.own_ends = 0

    async def work(self, strikes: list[Strike], rng: Random) -> None:
        """Wait for each moment and strike.

        Raises:
            ServerError: What was killed does not start again by itself.
        """
        for number, strike in enumerate(strikes, start=1):
            await self._notes.reached(strike.after)
            await asyncio.sleep(strike.moment)  # nothing is waited for: it is a moment that nobody knows
            async with self._hand:
                began = time.monotonic()
                self._notes.event("kills", victim=strike.victim)
                await asyncio.to_thread(self._strike, strike.victim, rng)
                self.deaths[strike.victim] += 1
            took = time.monotonic() - began
            self._notes.event("is back", victim=strike.victim)
            at = f"after {self._notes.acknowledged} commands"
            self._say(f"  {number} of {len(strikes)}: killed {strike.victim} {at}, back in {took:.1f} s")

    async def tend(self) -> None:
        """Start a worker again that ended by itself, for as long as this runs; so does whoever looks after servers."""
        while True:
            async with self._hand:
                if self._worker.has_ended:
                    self.own_ends += 1
                    self._notes.event("the worker ended by itself")
                    await asyncio.to_thread(self._worker.start)
            await asyncio.sleep(_TENDED_SECONDS)

    def _strike(self, victim: Victim, rng: Random) -> None:
        match victim:
            case "worker":
                self._again(rng, self._worker)
            case "PostgreSQL":
                self._again(rng, self._store)
            case "a session of PostgreSQL":
                self._store.kill_session(rng)
            case "Temporal":
                self._again(rng, self._temporal)
            case "everything":
                self._again(rng, self._store, self._temporal, self._worker)

    def _again(self, rng: Random, *parts: Part) -> None:
        for part in parts:
            part.kill(rng)
        for part in parts:
            part.start()
