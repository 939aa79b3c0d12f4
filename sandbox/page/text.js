// A message's text with its entities, as nodes. Text stays text: nothing here reads markup.

import { make } from "./dom.js";

const SAFE = /^(https?|mailto|tel|tg):/i;
const SIMPLE = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote" };

/** Return nodes for *text*. Offsets count UTF-16 units, as JavaScript's strings do. */
export function formatted(text, entities, hands) {
  return pieces(text, 0, text.length, [...(entities || [])], hands);
}

function pieces(text, from, to, entities, hands) {
  const nodes = [];
  let at = from;
  while (entities.length) {
    const entity = entities.shift();
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) continue;
    if (entity.offset > at) nodes.push(between(text.slice(at, entity.offset), nodes.at(-1)));
    const inner = entities.filter((e) => e.offset < end);
    entities = entities.filter((e) => e.offset >= end);
    nodes.push(node(entity, text.slice(entity.offset, end), pieces(text, entity.offset, end, inner, hands), hands));
    at = end;
  }
  if (at < to) nodes.push(between(text.slice(at, to), nodes.at(-1)));
  return nodes;
}

/** A line break right after a block (a quote, code) ends the block and is no line of its own. */
function between(text, before) {
  return ["BLOCKQUOTE", "PRE"].includes(before?.nodeName) ? text.replace(/^\n/, "") : text;
}

function node(entity, raw, inner, hands) {
  const simple = SIMPLE[entity.type];
  if (simple) return make(simple, {}, ...inner);
  switch (entity.type) {
    case "expandable_blockquote": return fold(inner);
    case "spoiler": return spoiler(inner);
    case "text_link": return link(entity.url, inner, hands);
    case "url": return link(raw, inner, hands);
    case "email": return link(`mailto:${raw}`, inner, hands);
    case "bot_command":
      return make("a", { class: "command", role: "button", href: "#", onclick: (event) => { event.preventDefault(); hands.say(raw); } }, ...inner);
    default: return make("span", { class: "mention" }, ...inner);
  }
}

function link(url, inner, hands) {
  if (!SAFE.test(url)) return make("span", {}, ...inner);
  const payload = hands.deepLink(url);
  const about = { href: url, rel: "noopener noreferrer", target: "_blank" };
  if (payload !== null) {
    about.onclick = (event) => { event.preventDefault(); hands.start(payload); };
  }
  return make("a", about, ...inner);
}

function spoiler(inner) {
  const open = (event) => { event.currentTarget.classList.add("open"); event.currentTarget.removeAttribute("role"); };
  return make("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, tap to show", onclick: open,
    onkeydown: (event) => { if (event.key === "Enter") open(event); } }, ...inner);
}

function fold(inner) {
  const inside = make("span", { class: "inside" }, ...inner);
  const toggle = make("button", { class: "toggle", type: "button", "aria-expanded": "false" }, "Show all");
  const quote = make("blockquote", { class: "fold" }, inside, toggle);
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "Show less" : "Show all";
  });
  return quote;
}
