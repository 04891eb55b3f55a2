"""What happens to trials."""

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class TrialActivated(Event, frozen=True):
    """A trial has begun: its product is to be given."""

    trial_id: FlakeId


class TrialCompleted(Event, frozen=True):
    """A trial has ended and is paid for from now on."""

    trial_id: FlakeId


class TrialCanceled(Event, frozen=True):
    """A trial will not be paid for; its product is to be taken back at `ends_at`, which may be now."""

    trial_id: FlakeId


class TrialEnding(Event, frozen=True):
    """A trial that runs will end soon, and be paid for from then on: its customer is to be told."""

    trial_id: FlakeId
