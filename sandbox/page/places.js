// A small choice of towns on several continents, for sharing a place without a map.

import { attempt, dialog, field, formRow, make } from "./dom.js";

export const TOWNS = [
  ["Berlin", 52.52, 13.405], ["London", 51.507, -0.128], ["Madrid", 40.417, -3.704], ["Istanbul", 41.008, 28.978],
  ["Cairo", 30.044, 31.236], ["Lagos", 6.524, 3.379], ["Nairobi", -1.286, 36.817], ["Tehran", 35.689, 51.389],
  ["Kolkata", 22.573, 88.364], ["Kathmandu", 27.717, 85.324], ["Tokyo", 35.69, 139.692], ["Sydney", -33.869, 151.209],
  ["Apia", -13.833, -171.767], ["São Paulo", -23.55, -46.633], ["Santiago", -33.457, -70.648], ["New York", 40.713, -74.006],
  ["Denver", 39.739, -104.99], ["Los Angeles", 34.054, -118.243],
];

export function townAt(latitude, longitude) {
  const found = TOWNS.find(([, lat, lon]) => Math.abs(lat - latitude) < 0.2 && Math.abs(lon - longitude) < 0.2);
  return found ? found[0] : "A place";
}

/** Ask for a place; calls *chosen* with latitude and longitude. */
export function choosePlace(chosen) {
  const pick = (latitude, longitude) => { box.close(); attempt(() => chosen(latitude, longitude)); };
  const towns = make("div", { class: "cities" }, ...TOWNS.map(([name, lat, lon]) =>
    make("button", { type: "button", onclick: () => pick(lat, lon) }, name)));
  const degrees = { type: "number", step: "any", required: true };
  const latitude = make("input", { ...degrees, min: -90, max: 90, placeholder: "52.52" });
  const longitude = make("input", { ...degrees, min: -180, max: 180, placeholder: "13.41" });
  const form = make("form", { onsubmit: (event) => { event.preventDefault(); pick(Number(latitude.value), Number(longitude.value)); } },
    make("div", { class: "two" }, field("Latitude", latitude), field("Longitude", longitude)),
    formRow("Send this place", () => box.close()));
  const box = dialog("Share a place", towns, make("p", { class: "note" }, "Nothing is looked up. The bot gets these coordinates."), form);
}
