"""A message in → whether it speaks to the bot, whose words they are, and what it asks, out."""

from telegram import Bot, Chat, Message, MessageEntity, User
from telegram.constants import ChatType
from telegram.ext import filters


class FromPerson(filters.MessageFilter):
    """Written by a person here and now: not by a bot, not through one, not copied over from a linked channel."""

    def filter(self, message: Message) -> bool:
        """Whether a person wrote it: also as a group's hidden administrator, or in the name of a channel."""
        person = message.from_user
        if person is None or message.via_bot is not None or message.is_automatic_forward:
            return False
        return not person.is_bot or message.sender_chat is not None  # Telegram's own bots stand for those


class OwnWords(FromPerson):
    """Typed or sent by whoever is shown as its sender: what they only passed on is somebody else's order."""

    def filter(self, message: Message) -> bool:
        """Whether it counts as what its sender wants."""
        return super().filter(message) and message.forward_origin is None


def speaker(message: Message) -> User | Chat | None:
    """Who says it: a person, or the chat in whose name a person writes."""
    return message.sender_chat or message.from_user


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
