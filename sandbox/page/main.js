// The page: which chat is open, what the server tells, what is drawn where.

import { bubble } from "./bubbles.js";
import { draw as drawClock, refresh as refreshClock, startClock, take as takeClock } from "./clock.js";
import { Composer } from "./composer.js";
import { alertBox, ask, attempt, avatar, dialog, field, find, formRow, make, toast } from "./dom.js";
import { addGroup, addPerson, changePerson, drawPeople, nameOf, personForm } from "./people.js";
import { HERE, longDay } from "./times.js";

const state = { people: [], open: null, chat: null, nodes: new Map(), seen: JSON.parse(localStorage.getItem("seen") || "{}") };
const query = new URLSearchParams(location.search);
const payload = query.get("start");

const person = () => state.people.find((p) => p.id === state.open?.person);
const zoneOf = (somebody) => somebody?.zone || HERE;
const composer = new Composer(() => ({ person: person(), chat: state.chat }));
const key = (someone, chat) => `${someone}/${chat}`;

const hands = {
  me: () => state.open.person,
  say: (text) => composer.act("say", { text }),
  edit: (message) => composer.edit(message),
  start: (given) => attempt(() => ask("POST", `people/${state.open.person}/start`, { payload: given })),
  tap: (message, data) => composer.act("tap", { message_id: message.message_id, data }),
  copy: async (text) => { await navigator.clipboard.writeText(text); toast("Copied"); },
  deepLink: (url) => {
    const found = /^(?:https?:\/\/(?:t\.me|telegram\.me)\/|tg:\/\/resolve\?domain=)(\w+)(?:[?&]start=([\w-]*))?/.exec(url);
    return found && found[1].toLowerCase() === state.chat.username_of_bot ? found[2] || "" : null;
  },
};

async function loadPeople() {
  const answer = await attempt(() => ask("GET", "people"));
  if (!answer) return;
  state.people = answer.people;
  if (!person() && state.people.length) {
    const [wanted, chat] = (query.get("person") || localStorage.getItem("open") || "").split("/").map(Number);
    const found = state.people.find((p) => p.id === wanted) || state.people[0];
    await open(found.id, found.chats.some((c) => c.id === chat) ? chat : found.id, false);
  }
  drawSide();
  if (!state.people.length) drawEmpty();
}

async function open(personId, chatId, narrowClose = true) {
  state.open = { person: personId, chat: chatId };
  localStorage.setItem("open", key(personId, chatId));
  state.nodes.clear();
  find("messages").replaceChildren();
  composer.stopEditing();
  composer.keysHidden = false;
  if (narrowClose) find("side").classList.remove("open");
  await loadChat(true);
  drawSide();
  drawClock();
}

async function loadChat(toEnd = false) {
  const wanted = state.open;
  if (!wanted) return;
  const chat = await attempt(() => ask("GET", `chats/${wanted.chat}?as=${wanted.person}&last=400`));
  if (!chat || wanted !== state.open) return;
  chat.username_of_bot = chat.bot.username.toLowerCase();
  if (chat.migrated_to) { open(wanted.person, chat.migrated_to); return; }
  state.chat = chat;
  state.seen[key(wanted.person, wanted.chat)] = chat.version;
  localStorage.setItem("seen", JSON.stringify(state.seen));
  drawChat(toEnd);
  clearTimeout(state.expiry);
  if (chat.queries.some((q) => q.open) || chat.doing) state.expiry = setTimeout(loadChat, 5200);
}

function drawSide() {
  const isNew = (someone, chat) => Boolean(chat.last?.from_bot) && chat.last.version > (state.seen[key(someone.id, chat.id)] || 0);
  drawPeople(state.people, state.open, zoneOf, isNew, open);
  find("side-dot").hidden = !state.people.some((p) => p.chats.some((c) => isNew(p, c) && c.id !== state.open?.chat));
}

function drawHead(chat) {
  const isGroup = chat.type !== "private";
  const name = isGroup ? chat.title : chat.bot.first_name;
  find("chat-name").textContent = name;
  avatar(find("chat-avatar"), name, chat.id);
  const doing = { typing: "is typing…", upload_document: "is sending a file…", upload_photo: "is sending a photo…" };
  find("chat-status").textContent = chat.doing ? doing[chat.doing] || "is busy…" : `with ${nameOf(person())}`;
  find("more").hidden = false;
  const pinned = chat.messages.find((e) => e.message.message_id === chat.pinned.at(-1));
  find("pinned").hidden = !pinned;
  if (pinned) find("pinned").querySelector("span").textContent = pinned.message.text || pinned.message.caption || "Pinned message";
}

function drawChat(toEnd) {
  const { chat } = state;
  drawHead(chat);
  const scroll = find("scroll");
  const atEnd = toEnd || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
  drawMessages(chat, toEnd);
  drawFoot(chat);
  if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  find("to-end").hidden = atEnd;
}

function drawMessages(chat, isFirst) {
  const zone = zoneOf(person());
  const waiting = (id) => chat.queries.filter((q) => q.open && q.message_id === id).map((q) => q.data).join("\n");
  const kept = new Map();
  const wanted = [];
  let day = "";
  let sender = 0;
  for (const entry of chat.messages) {
    const today = longDay(new Date(entry.message.date * 1000), zone);
    if (today !== day) { wanted.push(dayNode(today)); day = today; sender = 0; }
    const id = entry.message.message_id;
    const mark = [entry.version, waiting(id), zone].join("\n");
    const old = state.nodes.get(id);
    const fresh = old?.mark !== mark;
    const node = fresh ? bubble(entry, chat.queries, zone, hands, chat.type !== "private") : old.node;
    if (fresh && !isFirst) node.classList.add(old ? (old.version !== entry.version ? "changed" : "same") : "new");
    node.classList.toggle("joined", sender === entry.message.from.id);
    sender = entry.message.from.id;
    kept.set(id, { node, mark, version: entry.version });
    wanted.push(node);
  }
  state.nodes = kept;
  if (!chat.messages.length) wanted.push(welcome(chat));
  place(find("messages"), wanted);
}

const days = new Map();
function dayNode(text) {
  if (!days.has(text)) days.set(text, make("div", { class: "day" }, text));
  return days.get(text);
}

/** Put *wanted* into *parent* and move only what has to move, so that focus and scrolling stay. */
function place(parent, wanted) {
  const keep = new Set(wanted);
  const focused = [...parent.children].findIndex((child) => child.contains(document.activeElement));
  const button = focused < 0 ? -1 : inlineButtons(parent.children[focused]).indexOf(document.activeElement);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, at) => { if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] || null); });
  if (focused >= 0 && document.activeElement === document.body) {
    const buttons = inlineButtons(parent.children[Math.min(focused, parent.children.length - 1)]);
    (buttons[button] || buttons[0])?.focus({ preventScroll: true });
  }
}

const inlineButtons = (node) => [...(node?.querySelectorAll(".inline button, .inline a") || [])];

function welcome(chat) {
  if (chat.type !== "private" || chat.started) return make("p", { class: "system" }, "Nothing here yet.");
  return make("div", { class: "welcome" }, avatar(make("span", { class: "avatar bot", "aria-hidden": "true" }), chat.bot.first_name, 1),
    make("h2", { dir: "auto" }, chat.bot.first_name),
    make("p", { class: "about", dir: "auto" }, chat.bot.description || "This bot has not said what it can do. Is it running?"));
}

function drawFoot(chat) {
  const isPrivate = chat.type === "private";
  const big = find("big");
  const isBig = isPrivate && (chat.blocked || !chat.started);
  find("form").hidden = isBig;
  big.hidden = !isBig;
  if (isBig) big.textContent = chat.blocked ? "Unblock" : "START";
  big.onclick = () => (chat.blocked ? composer.act("unblock", {}) : hands.start(payload || ""));
  composer.draw();
  if (isBig) find("keyboard").hidden = true;
}

function drawEmpty() {
  find("chat-name").textContent = "Nobody here yet";
  find("chat-status").textContent = "";
  avatar(find("chat-avatar"), "?", 1);
  for (const id of ["form", "big", "more", "keyboard"]) find(id).hidden = true;
  find("composer").hidden = true;
  const form = personForm("Add this person", async (wish) => {
    const made = await attempt(() => ask("POST", "people", wish));
    if (made) await came(made);
  });
  find("messages").replaceChildren(make("div", { class: "welcome" }, make("h2", {}, "A Telegram on this machine"),
    make("p", {}, "Here you meet the bot as people meet it on their phones. No account is needed and nothing leaves this machine. Make somebody up and start to talk."), form));
}

async function came(made) {
  find("composer").hidden = false;
  await loadPeople();
  await open(made.id, made.id);
  find(state.chat?.started ? "text" : "big").focus();
}

function moreItems() {
  const { chat } = state;
  const item = (label, act, about = {}) => make("button", { type: "button", role: "menuitem", ...about, onclick: () => { composer.closePopup(); act(); } }, label);
  const privately = chat.type === "private" ? [
    item("Follow a deep link…", followLink), item("Clear the chat", () => composer.act("clear", {})),
    item(chat.blocked ? "Unblock the bot" : "Block the bot", () => composer.act(chat.blocked ? "unblock" : "block", {}), { class: "danger" })] : [];
  return [item("Who this is…", () => changePerson(person())),
    item("Make a group…", () => addGroup(state.people, person().id, async (group) => { await loadPeople(); open(person().id, group.id); })), ...privately];
}

function followLink() {
  const input = make("input", { pattern: "[A-Za-z0-9_-]{0,64}", value: payload || "", placeholder: "invite_abc" });
  const box = dialog("Follow a deep link", make("form", { onsubmit: (event) => {
    event.preventDefault();
    box.close();
    hands.start(input.value);
  } }, field(`https://t.me/${state.chat.bot.username}?start=`, input), formRow("Follow", () => box.close())));
}

let peopleTimer = 0;
function heard(change) {
  if (change.kind === "clock") takeClock(change);
  if (change.kind === "answer" && change.person_id === state.open?.person && change.text) {
    if (change.show_alert) alertBox(state.chat.bot.first_name, change.text); else toast(change.text);
  }
  const isBot = change.kind === "bot";
  if (isBot || change.chat_id === state.open?.chat) scheduleChat();
  if (isBot || change.kind === "people" || change.chat_id) {
    clearTimeout(peopleTimer);
    peopleTimer = setTimeout(loadPeople, 60);
  }
  if (change.chat_id) scheduleClock();
}

/** What was said may have changed what is due next. */
let clockTimer = 0;
function scheduleClock() {
  clearTimeout(clockTimer);
  clockTimer = setTimeout(refreshClock, 250);
}

let chatTimer = 0;
function scheduleChat() {
  clearTimeout(chatTimer);
  chatTimer = setTimeout(loadChat, 15);
}

function listen() {
  const source = new EventSource("/sandbox/events");
  source.addEventListener("message", (event) => heard(JSON.parse(event.data)));
  source.addEventListener("open", () => { document.body.dataset.live = "yes"; loadPeople(); loadChat(); refreshClock(); });
  source.addEventListener("error", () => { document.body.dataset.live = "no"; });
}

find("add").addEventListener("click", () => addPerson(came));
find("side-open").addEventListener("click", () => { find("side").classList.add("open"); find("side-close").focus(); });
find("clock-chip").addEventListener("click", () => find("side").classList.add("open"));
find("side-close").addEventListener("click", () => find("side").classList.remove("open"));
find("zone").addEventListener("click", () => { if (person()) changePerson(person()); });
find("more").addEventListener("click", () => (composer.popupKind === "more" ? composer.closePopup() : composer.openPopup("more", moreItems(), true)));
find("to-end").addEventListener("click", () => { find("scroll").scrollTop = find("scroll").scrollHeight; });
find("scroll").addEventListener("scroll", () => {
  const scroll = find("scroll");
  if (scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40) find("to-end").hidden = true;
});
find("pinned").addEventListener("click", () => state.nodes.get(state.chat.pinned.at(-1))?.node.scrollIntoView({ block: "center", behavior: "smooth" }));
new ResizeObserver(() => {
  const scroll = find("scroll");
  if (find("to-end").hidden) scroll.scrollTop = scroll.scrollHeight;
}).observe(find("scroll"));

await startClock(() => zoneOf(person()));
await loadPeople();
listen();
