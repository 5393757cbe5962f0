/** Windows of a constraint, "Mon-Fri 09:00-17:00 Europe/Berlin", and whether a moment lies in one. */

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

export interface TimeWindow {
  /** Days on which the window begins, 0 for Monday to 6 for Sunday. */
  readonly days: readonly number[];
  /** Minutes since midnight on the zone's wall clock: from in [0, 1440), to in (0, 1440]; from > to crosses midnight. */
  readonly from: number;
  readonly to: number;
  /** IANA name; absent where the text names none. */
  readonly zone?: string;
}

const shape = 'write it as "Mon-Fri 09:00-17:00 Europe/Berlin"; days and zone may be left out';

/** The window that the text means, or what is wrong with the text. */
export function parseWindow(text: string): TimeWindow | { readonly problem: string } {
  const match =
    /^(?:(?<days>[a-z,-]+) )?(?<h1>\d\d):(?<m1>\d\d)-(?<h2>\d\d):(?<m2>\d\d)(?: (?<zone>\S+))?$/iu.exec(
      text.trim().replaceAll(/\s+/g, " "),
    );
  const part = match?.groups;
  if (part === undefined) return { problem: `${JSON.stringify(text)} is not a window; ${shape}` };
  const days = part["days"] === undefined ? [0, 1, 2, 3, 4, 5, 6] : parseDays(part["days"]);
  if (days === null) {
    return { problem: `${JSON.stringify(part["days"])} are not days; write Mon-Fri or Sat,Sun` };
  }
  const from = Number(part["h1"]) * 60 + Number(part["m1"]);
  const to = Number(part["h2"]) * 60 + Number(part["m2"]);
  if (from >= 1440 || to > 1440 || Number(part["m1"]) > 59 || Number(part["m2"]) > 59) {
    return { problem: `${JSON.stringify(text)} holds a time that no clock shows; ${shape}` };
  }
  if (from === to || to === 0) {
    const mend = to === 0 ? "write 24:00 for the end of the day" : "write 00:00-24:00 for all day";
    return { problem: `${JSON.stringify(text)} does not say how long it lasts; ${mend}` };
  }
  const zone = part["zone"];
  if (zone === undefined) return { days, from, to };
  return isZone(zone)
    ? { days, from, to, zone }
    : { problem: `${JSON.stringify(zone)} is not a time zone; write one such as Europe/Berlin` };
}

/** "Mon-Fri,Sun" as numbers; a range may run over the week's end. Null where a word is not a day. */
function parseDays(text: string): number[] | null {
  const days = new Set<number>();
  for (const part of text.split(",")) {
    const ends = part.split("-").map(dayNumber);
    const [first, last = first] = ends;
    if (ends.length > 2 || first === undefined || last === undefined) return null;
    if (first < 0 || last < 0) return null;
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === last) break;
    }
  }
  return [...days].toSorted((a, b) => a - b);
}

function dayNumber(word: string): number {
  return dayNames.findIndex((day) => day.toLowerCase() === word.toLowerCase());
}

export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

/** Whether the moment lies in the window, on the wall clock of its zone, else of the given one. */
export function isWithin(window: TimeWindow, at: Date, zone: string): boolean {
  const { day, minute } = wallClock(at, window.zone ?? zone);
  const beginsOn = (candidate: number) => window.days.includes(candidate);
  if (window.from < window.to) {
    return beginsOn(day) && minute >= window.from && minute < window.to;
  }
  return (
    (beginsOn(day) && minute >= window.from) || (beginsOn((day + 6) % 7) && minute < window.to)
  );
}

/** By zone: one takes longer to make than a hundred answers of it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  clocks.set(zone, clock);
  return clock;
}

/** What the zone's calendar and clock show: the date as YYYY-MM-DD, the day from Monday, minutes since midnight. */
export function wallClock(at: Date, zone: string): { date: string; day: number; minute: number } {
  const parts = clockOf(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((candidate) => candidate.type === type)?.value ?? "";
  return {
    date: `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`,
    day: dayNumber(part("weekday")),
    minute: Number(part("hour")) * 60 + Number(part("minute")),
  };
}
