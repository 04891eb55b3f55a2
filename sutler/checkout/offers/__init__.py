"""The offers of a checkout: collected when it is opened, changed on its page, used when it is paid."""
