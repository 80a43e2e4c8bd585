"""Questions in → answers on a terminal and in Telegram, out."""
