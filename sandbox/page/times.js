// Moments in a zone: how they are written, and which moment a wall-clock time is.

export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

const write = (moment, zone, form) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...form }).format(moment);

export const clockTime = (moment, zone) => write(moment, zone, { hour: "2-digit", minute: "2-digit" });
export const dayName = (moment, zone) => write(moment, zone, { weekday: "short", day: "numeric", month: "short" });
export const longDay = (moment, zone) => write(moment, zone, { weekday: "long", day: "numeric", month: "long" });
export const seconds = (moment, zone) => write(moment, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export function isZone(zone) {
  try {
    write(new Date(), zone, {});
    return Boolean(zone);
  } catch {
    return false;
  }
}

/** The date and time in *zone* as "2025-03-03T20:30", for a datetime-local field. */
export function wall(moment, zone) {
  return write(moment, zone, { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    .replace(/(\d+)\/(\d+)\/(\d+), (.+)/, "$3-$2-$1T$4");
}

/** The moment at which it is *text* ("2025-03-03T20:30") in *zone*. */
export function moment(text, zone) {
  const wanted = Date.parse(`${text}:00Z`);
  let guess = wanted;
  for (let turn = 0; turn < 3; turn += 1) {
    guess += wanted - Date.parse(`${wall(new Date(guess), zone)}:00Z`);
  }
  return new Date(guess);
}

export function tomorrow(now, zone, time) {
  const [day] = wall(now, zone).split("T");
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return moment(`${next}T${time}`, zone);
}
