"""An API key automates the management of one store."""
