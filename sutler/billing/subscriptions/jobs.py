"""The job that charges a cycle when it is due, as those know it who put it in: a renewal leads to the next."""

from typing import Any, Final

from sutler.kernel.work.jobs import JobName

renew: Final[JobName[Any]] = JobName("renew")
"""With `subscription_id` and `cycle`; what it does is in `sutler.billing.renewals.jobs`."""
