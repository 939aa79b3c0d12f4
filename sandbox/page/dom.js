// Small hands for the page: make nodes (never out of markup text), ask the server, say something.

export const find = (id) => document.getElementById(id);

/** Make an element. Properties that start with "on" are listeners; texts and nodes become children. */
export function make(tag, about = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function avatar(node, name, id) {
  node.textContent = [...(name || "?")][0].toUpperCase();
  node.style.setProperty("--hue", String((Number(id) * 47) % 360));
  return node;
}

/** Ask the control API. Throws an Error with what the sandbox said. */
export async function ask(verb, path, body) {
  const form = body instanceof FormData;
  const response = await fetch(`/sandbox/${path}`, {
    method: verb,
    headers: body && !form ? { "Content-Type": "application/json" } : {},
    body: body && !form ? JSON.stringify(body) : body,
  });
  const answer = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new Error(answer.error || "That did not work");
  return answer;
}

/** Do something and tell the person when it does not work. */
export async function attempt(act) {
  try {
    return await act();
  } catch (error) {
    toast(error instanceof TypeError ? "The sandbox is not running any more" : error.message);
    return null;
  }
}

let toastTimer = 0;
export function toast(text) {
  const node = find("toast");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { node.hidden = true; }, 3500);
}

/** Show a dialog with *content*; closes on Escape, and by close(). */
export function dialog(title, ...content) {
  const box = make("dialog", { "aria-label": title }, make("h2", { dir: "auto" }, title), ...content);
  box.addEventListener("close", () => {
    box.remove();
    // What had the focus may have been replaced meanwhile: go on at the newest buttons.
    if (document.activeElement === document.body) [...document.querySelectorAll(".inline button")].at(-1)?.focus({ preventScroll: true });
  });
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  document.body.append(box);
  box.showModal();
  return box;
}

export function alertBox(title, text) {
  const box = dialog(title, make("p", { dir: "auto" }, text),
    make("div", { class: "row" }, make("button", { class: "wide", onclick: () => box.close() }, "OK")));
}

export function field(label, input) {
  return make("label", { class: "field" }, label, input);
}

/** The buttons at the end of a dialog's form. */
export function formRow(label, cancel) {
  return make("div", { class: "row" },
    make("button", { type: "button", class: "wide quiet", onclick: cancel }, "Cancel"),
    make("button", { class: "wide" }, label));
}
