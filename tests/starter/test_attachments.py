"""The digest of an attachment is the document's, or the command is none (dossier §4.1: attachment hash mismatch)."""

from hashlib import sha256
from pathlib import Path

import pytest

from domain.kernel.errors import BadInput
from starter.attachments import with_digests
from starter.forms import folder_of
from starter.scripts import read_script

LETTER = "同意函\n".encode()
DIGEST = sha256(LETTER).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "letter.txt").write_bytes(LETTER)
    (tmp_path / "folder").mkdir()
    return tmp_path


def form(**attachment: object) -> dict[str, object]:
    return {"application": {"title": "x", "attachments": [{"kind": "consent", "title": "同意函", **attachment}]}}


def test_a_digest_that_is_the_files_stands_and_the_files_name_is_gone(folder):
    assert with_digests(form(sha256=DIGEST, file="letter.txt"), folder) == form(sha256=DIGEST)


def test_a_digest_that_was_left_out_is_the_files(folder):
    assert with_digests(form(file="letter.txt"), folder) == form(sha256=DIGEST)


def test_a_file_may_lie_elsewhere(folder):
    assert with_digests(form(file=str(folder / "letter.txt")), Path("/nowhere")) == form(sha256=DIGEST)


def test_what_names_no_file_is_left_as_it_is(folder):
    for body in (form(sha256="0" * 64), form(), {"attachments": [3, "x", None]}, {"attachments": 3}, {"file": "x"}):
        assert with_digests(body, folder) == body


def test_attachments_are_found_wherever_a_form_has_them(folder):
    nested = {"parts": [{"attachments": [{"file": "letter.txt"}]}], "attachments": [{"file": "letter.txt"}]}
    assert with_digests(nested, folder) == {
        "parts": [{"attachments": [{"sha256": DIGEST}]}],
        "attachments": [{"sha256": DIGEST}],
    }


@pytest.mark.parametrize("given", ["0" * 64, DIGEST.upper(), "", 3, None])
def test_a_digest_of_something_else_is_refused_and_names_the_file(folder, given):
    with pytest.raises(BadInput) as refused:
        with_digests(form(sha256=given, file="letter.txt"), folder)
    assert refused.value.where == "application.attachments.0.sha256"
    assert refused.value.expected == f"the digest of letter.txt, {DIGEST}"


@pytest.mark.parametrize("named", ["nowhere.txt", "folder", "", "a\x00b", "x" * 300])
def test_a_file_that_cannot_be_read_is_named(folder, named):
    with pytest.raises(BadInput) as refused:
        with_digests(form(sha256=DIGEST, file=named), folder)
    assert refused.value.where == "application.attachments.0.file"
    assert named in refused.value.what


def test_the_name_of_a_file_is_text(folder):
    with pytest.raises(BadInput, match="the name of a file"):
        with_digests(form(file=3), folder)


def test_a_forms_files_lie_beside_it(folder):
    assert folder_of(str(folder / "form.yaml")) == folder
    assert folder_of("-") == folder_of(None) == Path()


def test_the_steps_of_a_script_attach_files_alike(folder):
    script = folder / "script.yaml"
    script.write_text(
        "scenario: One\ntenant: zone\nsteps:\n  - at: 2026-03-03 10:00\n    as: li\n    start: task_admission\n"
        "    with: {attachments: [{file: letter.txt}]}\n",
        encoding="utf-8",
    )
    assert read_script(script).steps[0][1].body == {"attachments": [{"sha256": DIGEST}]}
    (folder / "letter.txt").unlink()
    with pytest.raises(BadInput, match=r"steps\[1\].attachments.0.file"):
        read_script(script)
