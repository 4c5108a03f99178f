"""The dated values list management reads. The values are data, in `policy/`."""

from typing import Final

from domain.kernel.limits import LimitRule
from domain.kernel.periods import Period
from domain.kernel.policy import Parameter
from domain.list_management.commands import APPROVER, LEGAL_REVIEWER, REGISTRAR, SECRETARIAT

LEGAL_REVIEW_PERIOD: Final = Parameter("legal_review_period", Period)
"""How long the review of a text's lawfulness may take."""
PUBLIC_COMMENT_PERIOD: Final = Parameter("public_comment_period", Period)
"""DL-44: how long a text is open for comment, at least."""
LIST_PUBLICATION_PERIOD: Final = Parameter("list_publication_period", Period)
"""Within which an approved list is published."""
LIST_REVIEW_EVERY: Final = Parameter("list_review_every", Period)
"""How often a list is looked at as a whole."""
LAW_REVIEW_PERIOD: Final = Parameter("law_review_period", Period)
"""Within which a list is looked at once the law has changed."""
LIST_CHANGE_PERIOD: Final = Parameter("list_change_period", Period)
"""Within which a list is changed that a review found wanting."""

LEGAL_REVIEW: Final = LimitRule("legal_review", LEGAL_REVIEW_PERIOD, owner=LEGAL_REVIEWER)
LIST_PUBLICATION: Final = LimitRule("list_publication", LIST_PUBLICATION_PERIOD, owner=REGISTRAR)
LIST_REVIEW: Final = LimitRule("list_review", LIST_REVIEW_EVERY, owner=APPROVER)
LAW_REVIEW: Final = LimitRule("law_review", LAW_REVIEW_PERIOD, owner=APPROVER)
LIST_CHANGE: Final = LimitRule("list_change", LIST_CHANGE_PERIOD, owner=SECRETARIAT)
PUBLIC_COMMENT: Final = "public_comment"
"""The last day for comments, which the consultation itself names."""
ENTRY_INTO_FORCE: Final = "entry_into_force"
SUCCESSION: Final = "succession"
