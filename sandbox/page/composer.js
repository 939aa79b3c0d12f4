// The lower edge of the chat: writing, the commands, things to send, the bot's own keyboard.

import { ask, attempt, find, icon, make } from "./dom.js";
import { choosePlace } from "./places.js";

const KINDS = { photo: "image/png,image/jpeg", document: "", voice: "audio/*" };

export class Composer {
  /** context: () => {person, chat} of the open chat, as the server shows them. */
  constructor(context) {
    this.context = context;
    this.editing = null;
    this.keysHidden = false;
    this.text = find("text");
    this.text.addEventListener("input", () => { this.fit(); this.offerCommands(); });
    this.text.addEventListener("keydown", (event) => this.key(event));
    find("form").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    find("editing").querySelector("button").addEventListener("click", () => this.stopEditing());
    find("commands").addEventListener("click", () => this.toggle("commands", () => this.commandItems("")));
    find("attach").addEventListener("click", () => this.toggle("attach", () => this.attachItems()));
    find("keys").addEventListener("click", () => { this.keysHidden = !this.keysHidden; this.draw(); });
    find("file").addEventListener("change", () => this.sendFile());
    document.addEventListener("click", (event) => { if (!event.target.closest("#popup, [aria-haspopup]")) this.closePopup(); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") { this.closePopup(); this.stopEditing(); } });
    this.fit();
  }

  where() {
    const { person, chat } = this.context();
    return person.id === chat.id ? {} : { chat_id: chat.id };
  }

  act(act, wish) {
    const { person } = this.context();
    return attempt(() => ask("POST", `people/${person.id}/${act}`, { ...wish, ...this.where() }));
  }

  draw() {
    const { chat } = this.context();
    find("commands").hidden = !chat.bot.commands.length;
    const rows = chat.keyboard?.keyboard || [];
    find("keys").hidden = !rows.length;
    find("keyboard").hidden = !rows.length || this.keysHidden;
    find("keyboard").replaceChildren(...rows.map((row) => make("div", { class: "keys" }, ...row.map((b) => this.keyboardButton(b)))));
    this.text.placeholder = chat.keyboard?.input_field_placeholder || "Message";
  }

  keyboardButton(button) {
    const symbol = button.request_location ? "pin" : button.request_contact ? "person" : null;
    return make("button", { type: "button", dir: "auto", onclick: () => this.keyboardTap(button) }, symbol ? icon(symbol) : null, button.text);
  }

  keyboardTap(button) {
    if (button.request_location) choosePlace((latitude, longitude) => this.act("send/location", { latitude, longitude }));
    else if (button.request_contact) this.act("send/contact", {});
    else this.act("say", { text: button.text });
  }

  async send() {
    const text = this.text.value;
    if (!text.trim()) return;
    const done = this.editing
      ? await this.act("edit", { message_id: this.editing, text })
      : await this.act("say", { text });
    if (!done) return;
    this.text.value = "";
    this.stopEditing();
    this.fit();
    this.closePopup();
    this.text.focus();
  }

  edit(message) {
    this.editing = message.message_id;
    find("editing").hidden = false;
    this.text.value = message.text;
    this.fit();
    this.text.focus();
  }

  stopEditing() {
    if (!this.editing) return;
    this.editing = null;
    find("editing").hidden = true;
    this.text.value = "";
    this.fit();
  }

  key(event) {
    const items = this.popupKind === "commands" ? [...find("popup").querySelectorAll("button")] : [];
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && items.length) {
      event.preventDefault();
      const at = items.findIndex((item) => item.classList.contains("on"));
      items[at]?.classList.remove("on");
      const next = items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length];
      next.classList.add("on");
      next.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      const chosen = items.find((item) => item.classList.contains("on"));
      if (chosen) chosen.click(); else this.send();
    } else if (event.key === "ArrowUp" && !this.text.value) {
      const { chat, person } = this.context();
      const own = chat.messages.filter((e) => e.message.from.id === person.id && e.message.text).at(-1);
      if (own) { event.preventDefault(); this.edit(own.message); }
    }
  }

  fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, 140)}px`;
    find("send").disabled = !this.text.value.trim();
  }

  offerCommands() {
    const typed = /^\/(\w*)$/.exec(this.text.value);
    const items = typed ? this.commandItems(typed[1]) : [];
    if (items.length) this.openPopup("commands", items);
    else if (this.popupKind === "commands") this.closePopup();
  }

  commandItems(begin) {
    return this.context().chat.bot.commands.filter((c) => c.command.startsWith(begin.toLowerCase())).map((c) =>
      make("button", { type: "button", role: "menuitem", onclick: () => this.command(c.command) },
        make("span", { class: "command" }, `/${c.command}`), make("span", { class: "about", dir: "auto" }, c.description)));
  }

  async command(command) {
    this.closePopup();
    this.text.value = "";
    this.fit();
    await this.act("say", { text: `/${command}` });
  }

  attachItems() {
    const item = (symbol, label, act) => make("button", { type: "button", role: "menuitem", onclick: () => { this.closePopup(); act(); } }, icon(symbol), label);
    const upload = (kind) => () => { this.fileKind = kind; find("file").accept = KINDS[kind]; find("file").click(); };
    return [
      item("photo", "Photo", upload("photo")), item("file", "Document", upload("document")),
      item("pin", "Place", () => choosePlace((latitude, longitude) => this.act("send/location", { latitude, longitude }))),
      item("person", "My contact", () => this.act("send/contact", {})),
      item("smile", "Sticker", () => this.act("send/sticker", { emoji: "👍" })), item("voice", "Voice message (a file)", upload("voice")),
    ];
  }

  async sendFile() {
    const [chosen] = find("file").files;
    if (!chosen) return;
    const { person } = this.context();
    const form = new FormData();
    for (const [name, value] of Object.entries(this.where())) form.append(name, value);
    form.append("file", chosen, chosen.name);
    await attempt(() => ask("POST", `people/${person.id}/send/${this.fileKind}`, form));
    find("file").value = "";
  }

  toggle(kind, items) {
    if (this.popupKind === kind) this.closePopup(); else this.openPopup(kind, items());
  }

  openPopup(kind, items, top = false) {
    this.popupKind = kind;
    const popup = find("popup");
    popup.className = top ? "top" : "";
    popup.setAttribute("role", "menu");
    popup.replaceChildren(...items);
    popup.hidden = false;
  }

  closePopup() {
    this.popupKind = null;
    find("popup").hidden = true;
  }
}
