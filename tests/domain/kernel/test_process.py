"""What every process answers before its own rules do (ADMISSION §2, general guards)."""

from datetime import date

import pytest

from domain.kernel.directory import Spell
from domain.kernel.envelope import Envelope, Who
from domain.kernel.errors import BadInput, CorruptHistory
from domain.kernel.messages import Warned
from tests.domain.kernel.permit import PACK, PERMIT, SEAT, Life, at, opened


def _code(decision):
    assert decision.answer.outcome == "refused"
    assert decision.events == ()
    assert decision.after == decision.before
    return decision.answer.refusal.code


def test_an_opening_command_records_its_events_and_its_deadlines():
    life = Life()
    answer = life.send("Open", {"office": "north"}, on="2026-03-02").answer
    assert (answer.outcome, answer.version, answer.phase) == ("recorded", 3, "running")
    assert answer.events == ("Opened", "DeadlineSet", "DeadlineSet")
    assert {each.name: each.due_on for each in answer.deadlines} == {
        "duty": date(2026, 3, 9),
        "right": date(2026, 3, 9),
    }


def test_a_case_that_stands_alone_is_its_own_matter_and_a_named_matter_is_kept():
    assert opened().case.correlation_id == "permit-1"
    life = Life()
    life.send("Open", {"office": "north"}, on="2026-03-02", correlation_id="matter-7")
    life.send("Note", {"text": "a"}, on="2026-03-03", correlation_id="another")
    assert life.case.correlation_id == "matter-7"


def test_what_is_already_so_is_nothing_new():
    life = opened()
    life.send("Note", {"text": "a"}, on="2026-03-03")
    answer = life.send("Note", {"text": "a"}, on="2026-03-03").answer
    assert (answer.outcome, answer.events) == ("nothing_new", ())


def test_a_warning_of_an_event_is_shown_with_the_answer():
    answer = opened().send("Note", {"text": "a long note"}, on="2026-03-03").answer
    assert answer.warnings == (Warned(code="permit.long", source="§2"),)


def test_a_refusal_says_code_clause_and_details_and_changes_nothing():
    decision = opened().send("Note", {"text": "forbidden"}, on="2026-03-03")
    assert _code(decision) == "permit.forbidden"
    assert decision.answer.refusal.details == {"text": "forbidden"}


def test_a_closed_case_refuses_every_command_before_it_looks_at_anything_else():
    life = opened()
    life.send("Close", on="2026-03-03")
    assert _code(life.send("Note", {"text": "a"}, on="2026-03-04")) == "permit.case_closed"
    assert _code(life.send("Note", {"text": "a"}, on="2026-03-04", who=Who(person="nobody"))) == "permit.case_closed"


def test_a_case_begins_with_its_opening_command_and_only_once():
    assert _code(Life().send("Note", {"text": "a"}, on="2026-03-03")) == "permit.not_opened"
    assert _code(opened().send("Open", {"office": "north"}, on="2026-03-03")) == "permit.already_opened"


def test_an_act_may_not_be_dated_in_the_future_nor_earlier_without_evidence():
    life = opened()
    envelope_on = {"received_at": at("2026-03-04")}
    assert _code(_dated(life, "2026-03-05", **envelope_on)) == "permit.act_in_future"
    assert _code(_dated(life, "2026-03-03", **envelope_on)) == "permit.earlier_day_without_evidence"
    assert _dated(life, "2026-03-03", evidence="postmark", **envelope_on).events


def _dated(life, act_on, **more):
    life.count += 1
    envelope = Envelope.model_validate(
        {
            "id": f"d{life.count}",
            "tenant": "zone",
            "process": "permit",
            "kind": "Note",
            "who": Who(person="li"),
            "body": {"text": f"n{life.count}"},
            "on": act_on,
            **more,
        }
    )
    return PERMIT.decide(envelope, envelope.received_at, life.case, life.known(PERMIT.needs(envelope, life.case)))


def test_who_has_no_seat_that_may_ask_is_told_so():
    assert _code(opened().send("Note", {"text": "a"}, on="2026-03-03", who=Who(person="wang"))) == (
        "permit.not_your_role"
    )


def test_an_office_that_ended_yesterday_gives_no_role_today():
    life = opened()
    life.seats = {
        "li": (SEAT.model_copy(update={"spell": Spell(first_on=date(2026, 1, 1), last_on=date(2026, 3, 3))}),)
    }
    assert life.again().send("Note", {"text": "a"}, on="2026-03-03").events
    assert _code(life.send("Note", {"text": "a"}, on="2026-03-04")) == "permit.not_in_office"


def test_a_seat_elsewhere_gives_no_role_in_this_case():
    life = opened()
    life.seats = {"li": (SEAT.model_copy(update={"organisation": "south"}),)}
    assert _code(life.send("Note", {"text": "a"}, on="2026-03-03")) == "permit.not_your_role"


def test_of_several_seats_the_organisation_the_person_named_is_taken():
    life = Life()
    life.seats = {"li": (SEAT, SEAT.model_copy(update={"id": "s0", "organisation": "south"}))}
    assert life.again().send("Open", {"office": "north"}, on="2026-03-02").asked.organisation == "south"
    named = life.send("Open", {"office": "north"}, on="2026-03-02", who=Who(person="li", organisation="north"))
    assert named.asked.organisation == "north"


def test_nobody_becomes_the_schedule_by_calling_himself_so():
    assert _code(opened().send("Lapse", on="2026-03-10", who=Who(person="schedule"))) == "permit.not_your_role"


def test_the_schedule_may_send_what_limits_ask_for_and_nothing_else():
    machine = Who(person="schedule", machine="schedule")
    assert _code(opened().send("Note", {"text": "a"}, on="2026-03-03", who=machine)) == "permit.not_your_role"
    assert opened().send("Lapse", on="2026-03-10", who=machine).answer.phase == "over"


def test_a_decision_prepared_on_an_older_case_is_void():
    life = opened()
    seen = life.case.version
    life.send("Note", {"text": "a"}, on="2026-03-03")
    assert _code(life.send("Note", {"text": "b"}, on="2026-03-03", seen_version=seen)) == "permit.changed_since_seen"


def test_what_only_clocks_did_meanwhile_makes_nothing_void():
    life = opened()
    seen = life.case.version
    life.send("RemindOwner", {"limit": "duty", "step": 1}, on="2026-03-04")
    life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-10")
    life.send("Escalate", {"limit": "duty", "step": 1}, on="2026-03-12")
    assert life.case.version == seen + 3
    assert life.send("Note", {"text": "b"}, on="2026-03-12", seen_version=seen).events


def test_of_what_was_recorded_together_all_must_have_been_seen_but_the_clocks():
    life = opened()
    life.send("Note", {"text": "a"}, on="2026-03-03")
    noted, kept = life.case.version - 1, life.case.version
    assert life.case.material_version == noted
    assert _code(life.send("Note", {"text": "b"}, on="2026-03-03", seen_version=noted - 1)) == (
        "permit.changed_since_seen"
    )
    assert life.again().send("Note", {"text": "b"}, on="2026-03-03", seen_version=noted).events
    assert life.again().send("Note", {"text": "b"}, on="2026-03-03", seen_version=kept).events


def test_a_version_that_is_still_to_come_nobody_has_seen():
    life = opened()
    decision = life.send("Note", {"text": "a"}, on="2026-03-03", seen_version=life.case.version + 1)
    assert _code(decision) == "permit.changed_since_seen"
    assert decision.answer.refusal.details == {"seen": life.case.version + 1, "now": life.case.version}


def test_a_body_of_another_form_is_no_command():
    with pytest.raises(BadInput) as caught:
        opened().send("Note", {"words": "a"}, on="2026-03-03")
    assert caught.value.where in {"text", "words"}


def test_without_a_pack_a_limit_is_never_guessed():
    life = Life(packs=())
    assert _code(life.send("Open", {"office": "north"}, on="2026-03-02")) == "policy.not_set"


def test_the_answer_names_the_packs_it_was_decided_under():
    decision = Life().send("Open", {"office": "north"}, on="2026-03-02")
    assert decision.policy_version == f"national@{PACK.digest[:12]}"
    assert decision.facts == {"directory-zone": 1}


def test_folding_in_parts_equals_folding_at_once_and_a_snapshot_reads_back():
    life = opened()
    life.send("Note", {"text": "a"}, on="2026-03-03")
    life.send("Pause", on="2026-03-04")
    case = life.case
    again = PERMIT.from_snapshot("zone", "permit-1", case.version, PERMIT.to_snapshot(case))
    assert again == case


def test_a_snapshot_of_another_form_is_corrupt_history():
    snapshot = PERMIT.to_snapshot(opened().case)
    for broken in (
        {**snapshot, "state": {"type": "Flying", "data": {}}},
        {**snapshot, "clocks": {"by_name": {"duty": {}}}},
        {key: value for key, value in snapshot.items() if key != "material_version"},
    ):
        with pytest.raises(CorruptHistory):
            PERMIT.from_snapshot("zone", "permit-1", 3, broken)
