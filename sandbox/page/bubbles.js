// One message as a node: its text, what was sent with it, its inline keyboard.

import { icon, make } from "./dom.js";
import { townAt } from "./places.js";
import { formatted } from "./text.js";
import { clockTime } from "./times.js";

const file = (thing) => `/sandbox/files/${encodeURIComponent(thing.file_id)}`;
const kilobytes = (bytes) => bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;

/** Return the node of an entry. hands: what its buttons and links can do. */
export function bubble(entry, queries, zone, hands, inGroup) {
  const { message } = entry;
  const note = system(message);
  if (note) return make("div", { class: "system", dir: "auto" }, note);
  const mine = message.from.id === hands.me();
  const keys = keyboard(message, queries, hands);
  const at = clockTime(new Date(message.date * 1000), zone);
  const classes = ["entry", mine ? "mine" : "", keys ? "with-keys" : ""].join(" ");
  const bare = message.sticker && !message.caption ? " bare" : "";
  const body = make("div", { class: `bubble${bare}` },
    inGroup && !mine ? make("div", { class: "sender", dir: "auto" }, message.from.first_name) : null,
    reply(message), ...things(message), words(message, hands), meta(entry, at, mine, hands),
    entry.reaction ? make("span", { class: "reaction", title: "Reaction" }, entry.reaction) : null);
  const label = `${mine ? "You" : message.from.first_name}, ${at}`;
  return make("article", { class: classes, "aria-label": label, "data-version": entry.version }, body, keys);
}

function system(message) {
  if (message.new_chat_members) return `${message.from.first_name} added ${message.new_chat_members.map((u) => u.first_name).join(", ")}`;
  if (message.migrate_to_chat_id) return "This group became a supergroup";
  if (message.migrate_from_chat_id) return "This supergroup was a group before";
  return null;
}

function reply(message) {
  const replied = message.reply_to_message;
  return replied ? make("div", { class: "reply", dir: "auto" }, replied.text || replied.caption || "A message") : null;
}

function words(message, hands) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return make("div", { class: "text", dir: "auto" }, ...formatted(text, message.entities || message.caption_entities, hands));
}

function meta(entry, at, mine, hands) {
  const { message } = entry;
  const edit = mine && message.text
    ? make("button", { type: "button", "aria-label": "Edit", onclick: () => hands.edit(message) }, icon("edit")) : null;
  const silent = entry.silent ? make("span", { title: "Sent silently, without a sound", role: "img", "aria-label": "silent" }, icon("quiet")) : null;
  return make("div", { class: "meta" }, edit, silent, message.edit_date ? make("span", {}, "edited") : null, make("time", {}, at));
}

function things(message) {
  const nodes = [];
  if (message.photo) nodes.push(photo(message.photo.at(-1)));
  if (message.document) nodes.push(card("file", message.document.file_name || "File", `${kilobytes(message.document.file_size)}, download`, `${file(message.document)}?download`));
  if (message.contact) nodes.push(card("person", message.contact.first_name, message.contact.phone_number));
  if (message.sticker) nodes.push(make("div", { class: "sticker", role: "img", "aria-label": `Sticker ${message.sticker.emoji || ""}` }, message.sticker.emoji || "🙂"));
  if (message.location) nodes.push(...place(message.location));
  for (const kind of ["voice", "audio"]) {
    if (message[kind]) nodes.push(make("audio", { controls: true, preload: "none", src: file(message[kind]) }));
  }
  for (const kind of ["video", "animation"]) {
    if (message[kind]) nodes.push(make("video", { controls: true, preload: "none", src: file(message[kind]) }));
  }
  return nodes;
}

function photo(size) {
  return make("a", { href: file(size), target: "_blank", rel: "noopener" },
    make("img", { class: "photo", src: file(size), width: size.width, height: size.height, alt: "Photo" }));
}

function place({ latitude, longitude }) {
  const degrees = `${latitude.toFixed(3)}, ${longitude.toFixed(3)}`;
  return [make("div", { class: "map", "aria-hidden": "true" }, icon("pin")),
    make("div", {}, make("strong", {}, townAt(latitude, longitude)), ` ${degrees}`)];
}

function card(symbol, title, about, href) {
  const inside = [make("span", { class: "round" }, icon(symbol)),
    make("span", {}, make("strong", { dir: "auto" }, title), make("small", {}, about))];
  return href ? make("a", { class: "thing", href, download: title }, ...inside) : make("div", { class: "thing" }, ...inside);
}

function keyboard(message, queries, hands) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const waits = new Set(queries.filter((q) => q.open && q.message_id === message.message_id).map((q) => q.data));
  return make("div", { class: "inline" }, ...rows.map((row) =>
    make("div", { class: "keys" }, ...row.map((button) => inlineButton(button, message, waits, hands)))));
}

function inlineButton(button, message, waits, hands) {
  const style = button.style;
  if (button.callback_data !== undefined) {
    const waiting = waits.has(button.callback_data);
    return make("button", { type: "button", dir: "auto", class: waiting ? "waiting" : "", "aria-busy": waiting, "data-style": style,
      onclick: () => hands.tap(message, button.callback_data) }, button.text);
  }
  if (button.url && /^(https?|tg):/i.test(button.url)) {
    const payload = hands.deepLink(button.url);
    const open = payload === null ? undefined : (event) => { event.preventDefault(); hands.start(payload); };
    return make("a", { href: button.url, target: "_blank", rel: "noopener noreferrer", dir: "auto", "data-style": style, onclick: open }, button.text, icon("link"));
  }
  if (button.copy_text) {
    return make("button", { type: "button", dir: "auto", onclick: () => hands.copy(button.copy_text.text) }, button.text);
  }
  return make("button", { type: "button", disabled: true, title: "The sandbox cannot do this" }, button.text);
}
