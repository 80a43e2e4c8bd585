"""People's messages in → updates, out; the bot's requests in → messages as Telegram keeps them, out."""

import json
from collections.abc import Mapping
from itertools import count
from typing import Any

from tests.bot_api.markup import check_text, parse
from tests.bot_api.refusal import Refused
from tests.bot_api.rich import check_rich

BOT: dict[str, Any] = {"id": 123456789, "is_bot": True, "first_name": "Press Check", "username": "press_check_bot"}
ABILITIES = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
ANN = {"id": 11, "is_bot": False, "first_name": "Ann"}
BEN: dict[str, Any] = {"id": 12, "is_bot": False, "first_name": "Ben"}
PRIVATE = {"id": 11, "type": "private", "first_name": "Ann"}
GROUP = {"id": -100, "type": "supergroup", "title": "Readers", "is_forum": True}
CREATOR = {"is_anonymous": False}
RIGHTS = dict.fromkeys(
    (
        *("can_be_edited", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members"),
        *("can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
        *("can_delete_stories", "is_anonymous"),
    ),
    False,
)
MAX_RESULTS = 50
MAX_FILE = 20_000_000  # that a bot may fetch
MAX_CAPTION = 1024
MAX_MARKUP = 10_000  # bytes of an inline keyboard


class Chats:
    """Every message by chat and number."""

    def __init__(self) -> None:
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.closed: set[int] = set()  # chats that blocked the bot
        self.files: dict[str, bytes] = {}
        self.members: dict[tuple[int, int], str] = {}  # what people are in groups, where not plain members
        self._number = count(1)

    def says(
        self,
        text: str | None,
        person: Mapping[str, Any] = ANN,
        chat: Mapping[str, Any] = PRIVATE,
        **more: Any,
    ) -> dict[str, Any]:
        """The update of a person's message. Commands and mentions in it become entities."""
        message = self._keep(chat, person, more)
        if text is not None:
            message["text"] = text
            message["entities"] = [*_entities(text), *more.get("entities", ())]
        return {"message": message}

    def uploads(
        self, name: str | None, data: bytes, person: Mapping[str, Any] = ANN, chat: Mapping[str, Any] = PRIVATE,
        **more: Any,
    ) -> dict[str, Any]:  # fmt: skip
        """The update of a file that a person sends."""
        file = f"file{next(self._number)}"
        self.files[f"documents/{file}"] = data
        document = {"file_id": file, "file_unique_id": file, "file_size": len(data)}
        return self.says(None, person, chat, document=document | ({"file_name": name} if name else {}), **more)

    def presses(self, message: Mapping[str, Any], label: str, person: Mapping[str, Any] = ANN) -> dict[str, Any]:
        """The update of a person's tap on a message's button."""
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"].startswith(label))
        shown = {key: value for key, value in message.items() if key != "html"}
        query = {
            "id": str(next(self._number)),
            "from": dict(person),
            "message": shown,
            "chat_instance": "1",
            "data": data,
        }
        return {"callback_query": query}

    def types(self, words: str, person: Mapping[str, Any] = ANN) -> dict[str, Any]:
        """The update of an inline query."""
        return {"inline_query": {"id": str(next(self._number)), "from": dict(person), "query": words, "offset": ""}}

    def edits(self, update: Mapping[str, Any], text: str) -> dict[str, Any]:
        """The update of a message's edit."""
        message = update["message"] | {"text": text, "entities": _entities(text), "edit_date": 1_790_000_100}
        return {"edited_message": message}

    def shown(self, chat: Mapping[str, Any] = PRIVATE) -> list[str]:
        """What the bot's messages in a chat say now, oldest first."""
        own = (m for (place, _), m in sorted(self.messages.items()) if place == chat["id"])
        return [message["text"] for message in own if message["from"]["id"] == BOT["id"] and "text" in message]

    def do(self, method: str, fields: Mapping[str, Any]) -> Any:
        """What a method gives back, once its fields are known to be right."""
        match method:
            case "getMe":
                return BOT | ABILITIES
            case "sendMessage":
                return self._send(fields, _text(fields))
            case "sendRichMessage":
                return self._send(fields, _rich(fields["rich_message"]))
            case "sendPhoto":
                return self._send(fields, _photo(fields))
            case "getChatMember":
                return self._member(fields["chat_id"], fields["user_id"])
            case "getFile":
                return self._file(fields["file_id"])
            case "editMessageText":
                return self._edit(fields)
            case "answerInlineQuery":
                return self._offer(fields)
            case "deleteMessage":
                if self.messages.pop((fields["chat_id"], fields["message_id"]), None) is None:
                    raise Refused("Bad Request: message to delete not found")
                return True
            case "sendChatAction":
                self._check_open(fields["chat_id"])
                return True
            case _:
                return True  # setMyCommands, deleteWebhook, answerCallbackQuery …: only their fields can be wrong

    def _offer(self, fields: Mapping[str, Any]) -> bool:
        if len(fields["results"]) > MAX_RESULTS or len({result["id"] for result in fields["results"]}) < len(
            fields["results"]
        ):
            raise Refused("Bad Request: RESULT_ID_DUPLICATE")
        for result in fields["results"]:
            content = result["input_message_content"]
            if "rich_message" in content:
                _rich(content["rich_message"])
            else:
                _text({"text": content["message_text"], "parse_mode": content.get("parse_mode")})
        return True

    def _send(self, fields: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
        self._check_open(fields["chat_id"])
        if len(json.dumps(fields.get("reply_markup", {})).encode()) > MAX_MARKUP:
            raise Refused("Bad Request: reply markup is too long")
        chat = {"id": fields["chat_id"], "type": "private" if fields["chat_id"] > 0 else "supergroup"}
        topic = fields.get("message_thread_id")
        if "reply_markup" in fields:
            content = {**content, "reply_markup": fields["reply_markup"]}
        placed = {"message_thread_id": topic, "is_topic_message": True} if topic is not None else {}
        return self._keep(chat, BOT, dict(content) | placed)

    def _member(self, chat: int, person: int) -> dict[str, Any]:
        status = self.members.get((chat, person), "member")
        rights = {"creator": CREATOR, "administrator": RIGHTS}.get(status, {})
        return {"status": status, "user": {"id": person, "is_bot": False, "first_name": "?"}, **rights}

    def _file(self, name: str) -> dict[str, Any]:
        path = f"documents/{name}"
        if len(self.files[path]) > MAX_FILE:
            raise Refused("Bad Request: file is too big")
        return {"file_id": name, "file_unique_id": name, "file_size": len(self.files[path]), "file_path": path}

    def _edit(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        message = self.messages.get((fields["chat_id"], fields["message_id"]))
        if message is None:
            raise Refused("Bad Request: message to edit not found")
        if message["from"]["id"] != BOT["id"]:
            raise Refused("Bad Request: message can't be edited")
        content = _rich(fields["rich_message"]) if "rich_message" in fields else _text(fields)
        if message.get("text") == content["text"]:
            raise Refused("Bad Request: message is not modified: specified new message content is exactly the same")
        message.pop("reply_markup", None)  # Telegram takes buttons away that an edit doesn't name
        message.update({**content, **({"reply_markup": fields["reply_markup"]} if "reply_markup" in fields else {})})
        return message

    def _keep(self, chat: Mapping[str, Any], person: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
        number = next(self._number)
        message = {"message_id": number, "date": 1_790_000_000, "chat": dict(chat), "from": dict(person), **more}
        self.messages[chat["id"], number] = message
        return message

    def _check_open(self, chat: int) -> None:
        if chat in self.closed:
            raise Refused("Forbidden: bot was blocked by the user", 403)


def _text(fields: Mapping[str, Any]) -> dict[str, str]:
    match fields.get("parse_mode"):
        case "HTML":
            parsed = parse(fields["text"])
            return {"text": check_text(parsed.text, entities=len(parsed.entities)), "html": fields["text"]}
        case None:
            return {"text": check_text(fields["text"]), "html": ""}
        case other:
            raise Refused(f"Bad Request: unsupported parse_mode {other}")


def _photo(fields: Mapping[str, Any]) -> dict[str, Any]:
    if not fields["photo"].startswith(b"\x89PNG"):
        raise Refused("Bad Request: IMAGE_PROCESS_FAILED")
    size = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}
    return {"photo": [size], "caption": check_text(fields.get("caption") or "-", MAX_CAPTION)}


def _rich(message: Mapping[str, Any]) -> dict[str, str]:
    if set(message) & {"html", "markdown"} != {"html"}:
        raise Refused("Bad Request: exactly one of html and markdown is needed")
    return {"text": check_rich(message["html"]), "html": message["html"]}


def _entities(text: str) -> list[dict[str, Any]]:
    found, place = [], 0
    for word in text.split(" "):
        kind = {"/": "bot_command", "@": "mention"}.get(word[:1])
        if kind:
            found.append({"type": kind, "offset": place, "length": len(word.rstrip("?,."))})
        place += len(word) + 1
    return found
