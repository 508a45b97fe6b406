"""`python -m maturity`, and the command `maturity`."""

import signal


def run() -> None:
    """Run the command line.

    While it is imported, Ctrl-C just ends the process: nothing is there yet that could tell it.
    """
    is_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_heard:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from maturity.cli.app import main  # noqa: PLC0415 - see above

    if is_heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    main()


if __name__ == "__main__":
    run()
