"""What holds for every command in every state of a budget line."""

from datetime import date, timedelta

from hypothesis import given as drawn
from hypothesis import strategies as st

from domain.appropriation.commands import AmendAppropriation, GrantAppropriation
from domain.kernel.ledger import BalanceOf, may_stand
from domain.kernel.money import MAX_FEN
from tests.domain.appropriation.budget import grant, line, new, posted
from tests.laws import Asking, keeps_the_laws
from tests.spec import TODAY

DAYS = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days)) | st.just(date(2027, 1, 1))
DOCUMENTS = st.sampled_from(["甲", "乙", "丙"])
LINES = st.builds(line, payer=st.sampled_from(["health", "finance", "harbour", "moon"]), year=st.integers(2025, 2027))
AMOUNTS = st.integers(0, 5) | st.just(MAX_FEN)
COMMANDS = st.one_of(
    st.builds(GrantAppropriation, line=LINES, amount_fen=AMOUNTS, document=DOCUMENTS),
    st.builds(
        AmendAppropriation,
        change_fen=st.integers(-7, 7) | st.just(MAX_FEN) | st.just(-MAX_FEN),
        reason=st.sampled_from(["调整", "收回"]),
        document=DOCUMENTS,
    ),
)
ASKINGS = st.builds(Asking, COMMANDS, st.sampled_from(["feng", "feng", "tang", "li"]), DAYS)


@drawn(st.lists(ASKINGS, max_size=8))
def test_every_budget_line_keeps_the_laws(askings: list[Asking]) -> None:
    keeps_the_laws(new(), askings, posted)


@drawn(st.lists(ASKINGS, max_size=8))
def test_what_is_available_is_what_is_granted_and_no_account_stands_where_it_may_not(askings: list[Asking]) -> None:
    there = keeps_the_laws(new(), [Asking(grant(amount_fen=5), "feng"), *askings], posted)
    accounts = {need.account: fen for need, fen in there.world.others.items() if isinstance(need, BalanceOf)}
    assert all(may_stand(account, fen) for account, fen in accounts.items())  # pyright: ignore[reportArgumentType]
    assert accounts[line().account("available")] == there.case.state.granted_fen
