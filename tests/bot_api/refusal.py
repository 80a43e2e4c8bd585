"""A reason in → Telegram's way of refusing a request, out."""


class Refused(Exception):  # noqa: N818 - what Telegram does with the request
    """A request that Telegram answers with `error_code` and `description`."""

    def __init__(self, description: str, code: int = 400) -> None:
        super().__init__(description)
        self.description, self.code = description, code
