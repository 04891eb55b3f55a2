"""What checkouts ask of those who may import them, but not the other way round: whoever runs them says how to ask."""

from sutler.billing.rented_steps.queries import rented_groups
from sutler.billing.tier_changes.queries import shown as standing
from sutler.billing.trials.queries import history
from sutler.checkout.ladders import service as ladders
from sutler.checkout.possessions import service as possessions
from sutler.checkout.trial_rules import service as trial_rules
from sutler.delivery.items import queries as items


def connect() -> None:
    """Let checkouts ask; every process that opens one or takes money for one does this before. Doing it twice is fine."""
    possessions.answer_with(items.possessions)  # who has what
    ladders.answer_with(items.owned)  # and who has it for good
    ladders.answer_where_with(standing)  # and who rents which step of a ladder
    ladders.answer_rented_with(rented_groups)  # and who may not rent another one
    trial_rules.answer_with(history)  # and who did what before
