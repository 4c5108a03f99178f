"""What is proposed is the file that is published later: both are read by one hand."""

from pathlib import Path

from starter.documents import as_body, proposal, publication

ROOT = Path(__file__).parents[2]
LIST = str(ROOT / "examples/list_management/lists/purchase_catalogue_with_meals.yaml")
REGISTERS = "register-zone-"


def test_a_proposal_says_of_its_file_what_a_publication_says():
    assert proposal("purchase_catalogue", LIST) == publication("purchase_catalogue", LIST)


def test_a_script_publishes_a_file_in_a_register_and_proposes_it_anywhere_else():
    published = as_body("register-zone-purchase_catalogue", REGISTERS, LIST)
    assert published == publication("purchase_catalogue", LIST)
    assert as_body("", REGISTERS, LIST) == as_body("list-0000000000000001", REGISTERS, LIST)
    assert as_body("", REGISTERS, LIST) == {"content": published["content"]}
