// A port → telegram-test-api, the Bot API emulator of others, at work on it. It differs from Telegram in some
// places, over which a client that trusts Telegram's types stumbles; those are put right here, and nothing else.
const TelegramServer = require('telegram-test-api');
const response = require('express').response;

const json = response.json;
response.json = function (body) {
  if (body.message && body.message.startsWith('API method')) {
    this.status(404); // 500 there
    return json.call(this, { ok: false, error_code: 404, description: 'Not Found: method not found' });
  }
  const result = body.result || {};
  if (result.username) result.is_bot = true; // missing there
  if (result.date) { // in milliseconds there, and among the request's own fields, as it sent them
    const { message_id, chat, text, date } = result;
    body.result = { message_id, chat, text, date: Math.floor(date / 1000) };
  }
  // It knows no long polling, and a bot that is told "nothing" at once asks again at once.
  if (Array.isArray(body.result) && !body.result.length) return setTimeout(() => json.call(this, body), 200);
  return json.call(this, body);
};

const formatUpdate = TelegramServer.formatUpdate;
TelegramServer.formatUpdate = (update) => {
  const formatted = formatUpdate(update);
  if (formatted.callback_query) formatted.callback_query.chat_instance = '1'; // missing there
  return formatted;
};

new TelegramServer({ port: Number(process.argv[2]), host: '127.0.0.1' }).start().then(() => console.log('ready'));
