"""`python -m sutler` is the command line."""

from sutler.cli import main

main()
