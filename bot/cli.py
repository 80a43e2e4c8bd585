"""The command line: `presscheck`."""


def main() -> None:
    """Start the command line."""
