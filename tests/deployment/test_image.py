"""The image: locked, without root, made from what is here and from nothing that is secret.

No image is built where these tests run; `test_start_commands.py` installs the same wheel and starts the same commands.
"""

from fnmatch import fnmatch

import pytest

from tests.deployment.deployed import DOCKER, ONE_TAG, ROOT, copied, image_steps, project

LISTED = [*(DOCKER / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()]


def goes_in(path: str) -> bool:
    """Tell whether a file reaches the machine that builds the image; the last line that fits decides."""
    answer = True
    for line in LISTED:
        pattern = line.removeprefix("!").removeprefix("**/")
        parts = path.split("/")
        starts = ["/".join(parts[: length + 1]) for length in range(len(parts))]
        anywhere = line.startswith("**/") and pattern in parts
        if line and not line.startswith("#") and (anywhere or any(fnmatch(each, pattern) for each in starts)):
            answer = line.startswith("!")
    return answer


def test_what_the_image_copies_is_there_and_reaches_the_builder():
    assert [each for each in copied() if not (ROOT / each).exists() or not goes_in(each)] == []


def test_all_that_the_wheel_holds_is_copied():
    held = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert set(held) <= set(copied())


@pytest.mark.parametrize("path", ["docker/secrets/worker.pgpass", "docker/.env", ".git/config", ".mandate/lock"])
def test_nothing_secret_reaches_the_builder(path: str):
    assert not goes_in(path)


def test_what_is_installed_is_locked_by_hash_and_fetched_for_nothing_else():
    installs = [rest for word, rest in image_steps() if word == "RUN"]
    assert len(installs) == 4
    assert [each for each in installs if "--require-hashes" not in each and "--no-index" not in each] == []


def test_both_stages_start_from_one_version_of_python():
    bases = [rest.split()[0] for word, rest in image_steps() if word == "FROM"]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert ONE_TAG.match(bases[0])


def test_a_container_does_not_run_as_root():
    user = next(rest for word, rest in image_steps() if word == "USER")
    assert "0" not in user.split(":")
    assert "root" not in user
