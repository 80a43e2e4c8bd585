"""`python -m bot` is `presscheck`."""

from bot.cli import main

main()
