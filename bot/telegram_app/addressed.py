"""A message in → whether it speaks to the bot, and what it asks, out."""

from telegram import Bot, Message, MessageEntity, User
from telegram.constants import ChatType
from telegram.ext import filters

ANONYMOUS_ADMIN = 1087968824  # Telegram's own account that stands for a group's hidden administrators


class FromPerson(filters.MessageFilter):
    """Written by a person here and now: not by a bot, not through one, not copied over from a linked channel."""

    def filter(self, message: Message) -> bool:
        """Whether a person wrote it."""
        person = message.from_user
        if person is None or message.via_bot is not None or message.is_automatic_forward:
            return False
        return not person.is_bot or person.id == ANONYMOUS_ADMIN


class Addressed(filters.MessageFilter):
    """Meant for the bot: anything in a private chat; in a group a mention of it or a reply to it."""

    def filter(self, message: Message) -> bool:
        """Whether the bot should answer."""
        if message.chat.type == ChatType.PRIVATE:
            return True
        return bool(_mentions(message, message.get_bot())) or _replies_to(message, message.get_bot())


def question_in(message: Message) -> str:
    """The message's words without the mentions of the bot."""
    text = message.text or message.caption or ""
    for mention in _mentions(message, message.get_bot()):
        text = text.replace(mention, " ")
    return " ".join(text.split())


def _mentions(message: Message, bot: Bot) -> list[str]:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(kinds) | message.parse_caption_entities(kinds)
    handle = f"@{bot.username}".lower()
    return [words for entity, words in found.items() if words.lower() == handle or _is(entity.user, bot)]


def _replies_to(message: Message, bot: Bot) -> bool:
    answered = message.reply_to_message
    # In a topic every message that answers nothing "replies" to the message that opened the topic.
    return answered is not None and answered.forum_topic_created is None and _is(answered.from_user, bot)


def _is(person: User | None, bot: Bot) -> bool:
    return person is not None and person.id == bot.id
