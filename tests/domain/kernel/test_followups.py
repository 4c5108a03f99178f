"""What must happen elsewhere is data: stored with the answer, read back, compared with what is decided again."""

from pydantic import TypeAdapter

from domain.kernel.followups import FollowUp, TellAffected

STORED = TypeAdapter(tuple[FollowUp, ...])


def test_several_keys_are_read_back_from_the_record():
    told = TellAffected(key="office:health/li", also=("office:health/chen",), command="RecheckProof", body={})
    kept = told.model_dump(mode="json")
    assert kept["also"] == ["office:health/chen"]
    assert STORED.validate_python((kept,)) == (told,)
    assert told.keys == ("office:health/li", "office:health/chen")


def test_one_key_is_written_as_it_always_was():
    told = TellAffected(key="provisional", command="RecomputeDeadlines", body={"year": 2027})
    kept = {
        "kind": "tell_affected",
        "key": "provisional",
        "command": "RecomputeDeadlines",
        "body": {"year": 2027},
    }
    assert told.model_dump(mode="json") == kept
    assert STORED.validate_python((kept,)) == (told,)
