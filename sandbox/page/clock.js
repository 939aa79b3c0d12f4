// The sandbox's clock: shown in the person's zone, and moved ahead where that is possible.

import { ask, attempt, dialog, field, find, formRow, make } from "./dom.js";
import { clockTime, dayName, moment, seconds, tomorrow, wall } from "./times.js";

const clock = { ahead: 0, state: null, zone: () => "UTC", from: null, poll: 0 };

export const now = () => new Date(Date.now() + clock.ahead);

export async function startClock(zone) {
  clock.zone = zone;
  find("clock").hidden = false;
  find("clock-chip").hidden = false;
  for (const button of document.querySelectorAll("[data-jump]")) {
    button.addEventListener("click", () => attempt(() => jump(button.dataset.jump)));
  }
  setInterval(draw, 1000);
  await refresh();
}

export async function refresh() {
  const state = await attempt(() => ask("GET", "clock"));
  if (state) take(state);
}

/** Take over what the server says about its clock. */
export function take(state) {
  clock.state = state;
  clock.ahead = Date.parse(state.now) - Date.now();
  if (state.jumping_to && clock.from === null) clock.from = now();
  if (!state.jumping_to) clock.from = null;
  clearTimeout(clock.poll);
  if (state.jumping_to) clock.poll = setTimeout(refresh, 400);
  draw();
}

export function draw() {
  const { state } = clock;
  if (!state) return;
  const zone = clock.zone();
  find("now").textContent = `${dayName(now(), zone)}, ${seconds(now(), zone)}`;
  find("zone").textContent = zone.replaceAll("_", " ");
  find("clock-chip").textContent = `${dayName(now(), zone).split(" ")[0]} ${clockTime(now(), zone)}`;
  find("jump").hidden = !state.can_jump;
  const due = state.next_due ? new Date(state.next_due) : null;
  const next = find("jump-next");
  next.replaceChildren("Next reminder", make("small", {}, due ? `${dayName(due, zone)}, ${clockTime(due, zone)}` : "none planned"));
  drawJump(state, zone);
  next.disabled = !due || Boolean(state.jumping_to);
}

function drawJump(state, zone) {
  const bar = find("jump-progress");
  const target = state.jumping_to ? new Date(state.jumping_to) : null;
  for (const button of document.querySelectorAll("[data-jump]")) button.disabled = Boolean(target);
  bar.classList.toggle("on", Boolean(target));
  const text = target ? `Moving to ${dayName(target, zone)}, ${clockTime(target, zone)}…` : "";
  if (find("jump-text").textContent !== text) find("jump-text").textContent = text;
  if (target && target > clock.from) bar.value = Math.min(1, (now() - clock.from) / (target - clock.from));
}

async function jump(kind) {
  const zone = clock.zone();
  if (kind === "custom") { choose(zone); return; }
  const wish = { next: { to: "next_due" }, hour: { seconds: 3600 }, morning: { to: tomorrow(now(), zone, "08:00").toISOString() } }[kind];
  await move(wish);
}

async function move(wish) {
  take(await ask("POST", "clock", wish).finally(refresh));
}

function choose(zone) {
  const input = make("input", { type: "datetime-local", required: true, value: wall(now(), zone), min: wall(now(), zone) });
  const box = dialog("Move the clock ahead", make("form", { onsubmit: (event) => {
    event.preventDefault();
    box.close();
    attempt(() => move({ to: moment(input.value, zone).toISOString() }));
  } }, field(`Day and time in ${zone}`, input),
  make("p", { class: "note" }, "The clock stops at every reminder on the way until it is sent. It never goes back."),
  formRow("Move", () => box.close())));
}
