/** Weeks from Monday to Sunday on a zone's calendar, as ISO 8601 numbers them. */

/** A whole week: `from` ≤ t < `to`, each the first moment of a Monday in the zone. */
export interface Week {
  /** "2026-W47": the same whatever the zone. */
  readonly key: string;
  /** 1 to 53. */
  readonly number: number;
  readonly from: Date;
  readonly to: Date;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** No zone is further from UTC. */
const offsetHoursMax = 15;

/** The date of a moment in Unix milliseconds; dates here are days since 1970-01-01. */
type Calendar = (at: number) => number;

/** The last week that was over at `now`; `zone` is an IANA name. */
export function weekBefore(now: Date, zone: string): Week {
  const dateOf = calendarOf(zone);
  return weekOf(mondayOf(dateOf(now.getTime())) - 7, dateOf);
}

/** So many weeks up to and with this one, oldest first. */
export function weeksUpTo(week: Week, count: number, zone: string): Week[] {
  const dateOf = calendarOf(zone);
  const monday = mondayOf(dateOf(week.from.getTime()));
  return Array.from({ length: count }, (_, index) =>
    weekOf(monday - 7 * (count - 1 - index), dateOf),
  );
}

/** Its first and its last day on its zone's calendar, as ISO dates. */
export function daysOf({ key, number }: Pick<Week, "key" | "number">): readonly [string, string] {
  const monday = mondayOf(fourthOfJanuary(Number(key.slice(0, 4)))) + 7 * (number - 1);
  return [isoOf(monday), isoOf(monday + 6)];
}

function isoOf(date: number): string {
  return new Date(date * dayMs).toISOString().slice(0, 10);
}

function weekOf(monday: number, dateOf: Calendar): Week {
  // A week belongs to the year of its Thursday, and the 4th of January to the first week.
  const year = new Date((monday + 3) * dayMs).getUTCFullYear();
  const number = (monday - mondayOf(fourthOfJanuary(year))) / 7 + 1;
  return {
    key: `${year}-W${String(number).padStart(2, "0")}`,
    number,
    from: firstMomentOf(monday, dateOf),
    to: firstMomentOf(monday + 7, dateOf),
  };
}

function fourthOfJanuary(year: number): number {
  return Date.UTC(year, 0, 4) / dayMs;
}

/** 1970-01-01 was a Thursday. */
function mondayOf(date: number): number {
  return date - ((((date + 3) % 7) + 7) % 7);
}

function calendarOf(zone: string): Calendar {
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  return (at) => {
    const parts = format.formatToParts(at);
    const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
    return Date.UTC(part("year"), part("month") - 1, part("day")) / dayMs;
  };
}

/** Searched for, to the minute, since there are zones that set their clocks at midnight: a day may begin at 01:00. */
function firstMomentOf(date: number, dateOf: Calendar): Date {
  let before = (date * dayMs - offsetHoursMax * hourMs) / minuteMs;
  let on = (date * dayMs + offsetHoursMax * hourMs) / minuteMs;
  while (on - before > 1) {
    const middle = Math.floor((before + on) / 2);
    if (dateOf(middle * minuteMs) < date) before = middle;
    else on = middle;
  }
  return new Date(on * minuteMs);
}
