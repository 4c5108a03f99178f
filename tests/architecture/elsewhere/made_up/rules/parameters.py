from domain.kernel.limits import LimitRule
from domain.kernel.periods import Period
from domain.kernel.policy import Parameter

CHECK = LimitRule("check", Parameter("check_period", Period), owner="clerk")
MEND = LimitRule("mend", Parameter("mend_period", Period), owner="asker")
DEFECTS_ALLOWED = Parameter("defects_allowed", int)
