"""A picture of a lifecycle is read on one sheet of A4 and in a browser, also when the process is a long one."""

import re
from functools import cache
from importlib import import_module
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.reading.behaviour import Behaviour
from docs.writing.diagram import Asking, ClockShown, Diagram, Exit, Name, Row
from docs.writing.lanes import Lane, in_columns
from docs.writing.picture import draw, scale_on_paper
from docs.writing.shown import EN, ZH, diagram
from docs.writing.svg import Run
from domain.kernel.lifecycle import Lifecycle, Phase
from domain.processes import PROCESSES
from starter.rehearsal import lifecycles
from tests.architecture.asked import behaviour_of
from tests.architecture.made_up_process import standing_in_domain

SVG = "{http://www.w3.org/2000/svg}"
SIZES = {"title": 19, "zh": 13.5, "en": 12, "small": 11, "code": 11}
LONG = 20


def _name(code: str) -> Name:
    return Name(code, "待补正材料", code.replace("_", " "))


def _long_diagram() -> Diagram:
    """Twenty phases; each leads on, back, far ahead, and to two of nine ends."""
    ends = [_name(f"ended_{number}") for number in range(9)]
    phases = [_name(f"phase_number_{number}") for number in range(LONG)]
    rows = []
    for number, phase in enumerate(phases):
        on = [phases[(number + step) % LONG] for step in (1, 5)]
        asked = Asking(Name("RecordTheDecision", "记载决定", "record"))
        lapse = Asking(Name("LapseThePhase", "期满", "lapse"), "schedule")
        exits = (*(Exit(each, (asked,)) for each in on), Exit(ends[number % 9], (lapse, asked)))
        clock = ClockShown(
            Name("limit", "期限", "limit"), "DL-02", "15 wd", "sends", "LapseThePhase", stands_still_in=(on[0],)
        )
        rows.append(Row(phase, (clock,), exits))
    opening = (Exit(phases[0], (Asking(_name("OpenIt")),)),)
    return Diagram(_name("long"), opening, tuple(rows), tuple(ends))


def _of(name: str) -> Diagram:
    return diagram(behaviour_of(name), ())


@cache
def _picture(name: str) -> str:
    return draw(_long_diagram() if name == "long" else _of(name))


@pytest.fixture(params=sorted({"long", *PROCESSES}))
def picture(request) -> ET.Element:
    return ET.fromstring(_picture(request.param))  # noqa: S314 — written by ourselves a moment ago


def _numbers(mark: ET.Element, *names: str) -> list[float]:
    return [float(mark.attrib[name]) for name in names]


def test_a_picture_is_marks_and_letters_alone(picture):
    kinds = {mark.tag.removeprefix(SVG) for mark in picture.iter()}
    assert kinds <= {"svg", "title", "desc", "style", "g", "rect", "text", "tspan", "polyline", "polygon", "circle"}
    assert not [name for mark in picture.iter() for name in mark.attrib if "href" in name or name.startswith("on")]


def test_a_picture_says_what_it_shows_to_who_cannot_see_it(picture):
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert title.text
    assert description is not None
    assert (description.text or "").startswith("A case begins: to ")


def test_no_box_lies_on_another_and_none_outside(picture):
    wide, high = _numbers(picture, "width", "height")
    boxes = [_numbers(each, "x", "y", "width", "height") for each in picture.iter(f"{SVG}rect") if "x" in each.attrib]
    boxes.sort(key=lambda each: each[1])
    large = [each for each in boxes if each[3] > 9]
    assert large
    assert all(above[1] + above[3] < below[1] for above, below in pairwise(large))
    assert all(x >= 0 and y >= 0 and x + w <= wide and y + h <= high for x, y, w, h in boxes)


def test_no_line_of_text_runs_out_of_the_picture_or_into_another(picture):
    wide, high = _numbers(picture, "width", "height")
    lines: dict[float, list[tuple[float, float]]] = {}
    for text in picture.iter(f"{SVG}text"):
        x, y = _numbers(text, "x", "y")
        runs = [Run(each.text or "", each.attrib["class"], SIZES[each.attrib["class"]]) for each in text]
        lines.setdefault(y, []).append((x, x + sum(each.width for each in runs)))
        assert 0 < y < high
    for spans in lines.values():
        spans.sort()
        assert spans[-1][1] <= wide
        assert all(left[1] <= right[0] for left, right in pairwise(spans)), spans


def test_a_picture_is_large_enough_on_a_sheet_of_a4(picture):
    """Names of phases at least 2 mm high, and nothing below 1.6 mm."""
    wide, high = _numbers(picture, "width", "height")
    scale = scale_on_paper((wide, high))
    assert SIZES["zh"] * scale >= 2.0, scale
    assert SIZES["small"] * scale >= 1.6, scale


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_every_phase_end_and_limit_stands_in_its_picture_in_both_languages(name):
    table, picture = lifecycles()[name], _picture(name)
    phases = [("phase", each.name) for each in table.phases] + [("phase", each) for each in table.ends_in]
    limits = [("deadline", limit.name) for phase in table.phases for limit in phase.limits]
    wanted = [words.label(kind, code, name) for kind, code in phases + limits for words in (ZH, EN)]
    assert [each for each in wanted if each not in picture] == []


@given(st.lists(st.tuples(st.integers(0, 40), st.lists(st.integers(0, 40), min_size=1, max_size=4)), max_size=14))
def test_two_ways_that_touch_never_run_in_one_column(drawn):
    lanes = [Lane(tuple((0.0, 20.0 * start) for start in starts), 20.0 * entry + 7) for entry, starts in drawn]
    chosen = in_columns(lanes)
    for one, lane in enumerate(lanes):
        for other in range(one):
            touch = lane.first <= lanes[other].last and lanes[other].first <= lane.last
            assert not (touch and chosen[one] == chosen[other])


def _source(phases: int) -> str:
    """Write a process of many phases: each leads on, and back to the one before it, and can be given up."""
    names = [f"P{number}" for number in range(phases)]
    lines = [
        "from typing import ClassVar",
        "from domain.kernel.errors import CorruptHistory, Refused",
        "from domain.kernel.messages import Command, Event, State, Vocabulary",
        "from domain.kernel.process import Process",
        "from domain.kernel.view import View",
    ]
    for name in names:
        lines += [f"class {name}(State):", f"    phase: ClassVar[str] = '{name.lower()}'"]
        lines += [f"class Leave{name}(Command):", "    pass", f"class Left{name}(Event):", "    pass"]
        lines += [f"class Return{name}(Command):", "    pass", f"class Returned{name}(Event):", "    pass"]
    lines += ["class Over(State):", "    phase: ClassVar[str] = 'over'", "    is_end: ClassVar[bool] = True"]
    lines += ["class GiveUp(Command):", "    pass", "class GivenUp(Event):", "    pass"]
    lines += ["def decide(command, state, facts):", "    match command, state:"]
    for name, after in zip(names, [*names[1:], names[0]], strict=True):
        lines += [f"        case Leave{name}(), {name}():", f"            return (Left{name}(),)"]
        lines += [f"        case Return{name}(), {after}():", f"            return (Returned{name}(),)"]
    lines += [
        f"        case GiveUp(), {' | '.join(f'{name}()' for name in names[1:])}:",
        "            return (GivenUp(),)",
    ]
    lines += ["        case _:", "            raise Refused('grown.wrong_phase', 'no law')"]
    lines += ["def evolve(state, event, version):", "    match state, event:"]
    for name, after in zip(names, [*names[1:], names[0]], strict=True):
        lines += [f"        case {name}(), Left{name}():", f"            return {after}()"]
        lines += [f"        case {after}(), Returned{name}():", f"            return {name}()"]
    lines += ["        case _, GivenUp():", "            return Over()"]
    lines += ["        case _:", "            raise CorruptHistory('cannot happen')"]
    commands = ", ".join(["GiveUp", *(f"Leave{name}, Return{name}" for name in names)])
    events = ", ".join(["GivenUp", *(f"Left{name}, Returned{name}" for name in names)])
    lines += [
        "GROWN = Process(name='grown', prefix='grown', initial=P0(), opens_with=(LeaveP0,),",
        f"    commands=Vocabulary({commands}), events=Vocabulary({events}),",
        f"    states=Vocabulary({', '.join(names)}, Over),",
        "    needs=lambda command, state: (), decide=decide, evolve=evolve,",
        "    view=lambda state: View(phase=state.phase, title=''))",
    ]
    return "\n".join(lines) + "\n"


def test_a_process_that_grew_to_twenty_phases_is_read_and_drawn_whole(tmp_path):
    (tmp_path / "grown.py").write_text(_source(LONG), encoding="utf-8")
    with standing_in_domain(tmp_path):
        process = import_module("domain.grown").GROWN
    table = Lifecycle(*(Phase(f"p{number}") for number in range(1, LONG)), ends_in=("over",))
    behaviour = Behaviour(process, table)
    leads = {(each.source, each.command): each.target for each in behaviour.moves}
    after = {number: (number + 1) % LONG for number in range(LONG)}
    assert leads == {
        **{(f"p{number}", f"LeaveP{number}"): f"p{after[number]}" for number in after},
        **{(f"p{after[number]}", f"ReturnP{number}"): f"p{number}" for number in range(LONG - 1)},
        **{(f"p{number}", "GiveUp"): "over" for number in range(1, LONG)},
    }
    drawn = draw(diagram(behaviour, ()))
    assert len(re.findall('class="phase"', drawn)) == LONG - 1
