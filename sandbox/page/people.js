// The list of people and their chats; adding somebody, changing who they are.

import { ask, attempt, avatar, dialog, field, find, formRow, make } from "./dom.js";
import { HERE, clockTime, isZone } from "./times.js";

export const LANGUAGES = [["en", "English"], ["de", "Deutsch"], ["es", "Español"], ["fr", "Français"], ["it", "Italiano"],
  ["pt-br", "Português (Brasil)"], ["nl", "Nederlands"], ["pl", "Polski"], ["ru", "Русский"], ["uk", "Українська"], ["tr", "Türkçe"],
  ["ar", "العربية"], ["fa", "فارسی"], ["he", "עברית"], ["hi", "हिन्दी"], ["id", "Bahasa Indonesia"], ["ja", "日本語"], ["zh-hans", "简体中文"]];

export const nameOf = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

/** Draw the list. current: {person, chat}; isNew says whether a chat has something unread. */
export function drawPeople(people, current, zone, isNew, choose) {
  const items = people.flatMap((person) => person.chats.filter((chat) => !chat.migrated_to).map((chat) => {
    const isGroup = chat.type !== "private";
    const name = isGroup ? chat.title : nameOf(person);
    const here = current && current.person === person.id && current.chat === chat.id;
    const about = { class: `person${isGroup ? " in-group" : ""}`, "aria-current": here ? "true" : null, onclick: () => choose(person.id, chat.id) };
    return make("li", {}, make("button", about,
      avatar(make("span", { class: "avatar", "aria-hidden": "true" }), name, chat.id),
      make("span", { class: "name", dir: "auto" }, isGroup ? `${name} (as ${person.first_name})` : name),
      make("time", {}, chat.last ? clockTime(new Date(chat.last.message.date * 1000), zone(person)) : ""),
      make("span", { class: "preview", dir: "auto" }, preview(chat)),
      !here && isNew(person, chat) ? make("span", { class: "dot", role: "img", "aria-label": "new" }) : null));
  }));
  find("people").replaceChildren(...items);
}

function preview(chat) {
  if (chat.blocked) return "has blocked the bot";
  if (!chat.last) return "has not started yet";
  const { message } = chat.last;
  const kinds = ["photo", "document", "location", "contact", "sticker", "voice", "video", "audio"];
  return (message.text || message.caption || kinds.find((kind) => message[kind]) || "").split("\n")[0].slice(0, 80);
}

const languages = ({ language_code: code }) => (!code || LANGUAGES.some(([known]) => known === code) ? LANGUAGES : [[code, code], ...LANGUAGES]);

export function personForm(label, done, person = {}, cancel = null) {
  const name = make("input", { required: true, maxlength: 64, dir: "auto", value: person.first_name || "", placeholder: "Anna" });
  const username = make("input", { maxlength: 32, pattern: "[A-Za-z][A-Za-z0-9_]{3,}", value: person.username || "", placeholder: "none" });
  const language = make("select", {}, ...languages(person).map(([code, word]) =>
    make("option", { value: code, selected: code === (person.language_code || "en") }, `${word} (${code})`)),
  make("option", { value: "", selected: person.id !== undefined && !person.language_code }, "not told"));
  const zones = typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : [HERE];
  const zone = make("input", { list: "zones", value: person.zone || HERE });
  return make("form", { onsubmit: async (event) => {
    event.preventDefault();
    if (!isZone(zone.value)) { zone.setCustomValidity("No such time zone"); zone.reportValidity(); return; }
    await done({ name: name.value, username: username.value, language_code: language.value, zone: zone.value });
  }, oninput: () => zone.setCustomValidity("") },
  field("Name", name), field("Language of their Telegram", language),
  field("Username", username),
  field("Time zone of their phone (for this page only; the bot has to ask)", zone),
  make("datalist", { id: "zones" }, ...zones.map((value) => make("option", { value }))),
  cancel ? formRow(label, cancel) : make("button", { class: "wide" }, label));
}

export function addPerson(created) {
  const box = dialog("Add a person", personForm("Add", async (wish) => {
    const person = await attempt(() => ask("POST", "people", wish));
    if (person) { box.close(); created(person); }
  }, {}, () => box.close()));
}

export function changePerson(person) {
  const box = dialog("Who this is", personForm("Save", async ({ name, ...wish }) => {
    if (await attempt(() => ask("PATCH", `people/${person.id}`, { first_name: name, ...wish }))) box.close();
  }, person, () => box.close()), make("p", { class: "note" }, `Telegram id ${person.id}`));
}

export function addGroup(people, me, created) {
  const title = make("input", { required: true, maxlength: 128, value: "Family", dir: "auto" });
  const others = people.filter((p) => p.id !== me).map((p) => {
    const box = make("input", { type: "checkbox", value: p.id, checked: true });
    return [box, make("label", { dir: "auto" }, box, ` ${nameOf(p)}`)];
  });
  const box = dialog("A group with the bot", make("form", { onsubmit: async (event) => {
    event.preventDefault();
    const members = [me, ...others.filter(([tick]) => tick.checked).map(([tick]) => Number(tick.value))];
    const group = await attempt(() => ask("POST", "groups", { title: title.value, members }));
    if (group) { box.close(); created(group); }
  } }, field("Title", title), ...others.map(([, label]) => label), formRow("Make it", () => box.close())));
}

