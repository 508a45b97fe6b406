"""`python -m maturity`."""

from maturity.cli.app import main

main()
