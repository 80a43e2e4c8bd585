"""Answers in → what people read and type in a terminal, out."""
