/** Times as people read them: 24-hour clock, the day in words, and the full date where a pointer rests. */

const day = (date) => date.toDateString();
export const dateOf = (ts) => new Date(Number(ts) * 1000);
export const clock = (date) =>
  `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;

export function dayName(date) {
  const now = new Date();
  if (day(date) === day(now)) return "Today";
  if (day(date) === day(new Date(now.getTime() - 86_400_000))) return "Yesterday";
  return date.toLocaleDateString("en", { weekday: "long", day: "numeric", month: "long" });
}

export const fullTime = (date) =>
  date.toLocaleString("en-GB", { dateStyle: "full", timeStyle: "medium" });

const forms = {
  date_num: (date) => date.toISOString().slice(0, 10),
  date: (date) => date.toLocaleDateString("en", { dateStyle: "long" }),
  date_short: (date) => date.toLocaleDateString("en", { dateStyle: "medium" }),
  date_long: (date) => date.toLocaleDateString("en", { dateStyle: "full" }),
  date_pretty: (date) => dayName(date).toLowerCase(),
  date_short_pretty: (date) => dayName(date).toLowerCase(),
  date_long_pretty: (date) => dayName(date).toLowerCase(),
  time: clock,
  time_secs: (date) => `${clock(date)}:${String(date.getSeconds()).padStart(2, "0")}`,
  ago: (date) => `${Math.max(0, Math.round((Date.now() - date.getTime()) / 60_000))} min ago`,
};

/** Slack's date format such as `{date_short_pretty} at {time}`, in this browser's time zone. */
export function formatted(seconds, format) {
  const date = new Date(Number(seconds) * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, name) => forms[name]?.(date) ?? whole);
}
