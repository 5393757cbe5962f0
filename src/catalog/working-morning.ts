/** Working mornings on a zone's wall clock. */

import { wallClock } from "./window.ts";

const morningMinute = 9 * 60;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Monday to Friday, counted from 0. */
const workingDaysMax = 5;
/** A week and a day: one of them is a working day later than now. */
const daysAhead = 8;

/** The first 09:00 of a Monday to Friday after `now`; `zone` is an IANA name. */
export function nextWorkingMorning(now: Date, zone: string): Date {
  for (let ahead = 0; ahead < daysAhead; ahead += 1) {
    const morning = morningOf(new Date(now.getTime() + ahead * dayMs), zone);
    if (morning > now && wallClock(morning, zone).day < workingDaysMax) return morning;
  }
  throw new Error("a week has a working day");
}

/** 09:00 of the last working day before `day` and of the first one after it; `day`: "2026-12-01" on the zone's calendar. */
export function workingMorningsAround(
  day: string,
  zone: string,
): { readonly before: Date; readonly after: Date } {
  const own = towardsMorning(towardsMorning(new Date(day), zone, day), zone, day);
  for (let back = 1; back < daysAhead; back += 1) {
    const before = morningOf(new Date(own.getTime() - back * dayMs), zone);
    if (wallClock(before, zone).day < workingDaysMax)
      return { before, after: nextWorkingMorning(own, zone) };
  }
  throw new Error("a week has a working day");
}

/** 09:00 of the day that the zone's calendar shows at `at`; twice, for the clock may be changed between the two. */
function morningOf(at: Date, zone: string): Date {
  const { date } = wallClock(at, zone);
  const once = towardsMorning(at, zone, date);
  return towardsMorning(once, zone, date);
}

function towardsMorning(at: Date, zone: string, date: string): Date {
  const shown = wallClock(at, zone);
  const days = Math.round((Date.parse(date) - Date.parse(shown.date)) / dayMs);
  const minutes = days * 24 * 60 + morningMinute - shown.minute;
  const wholeMinute = Math.floor(at.getTime() / minuteMs) * minuteMs;
  return new Date(wholeMinute + minutes * minuteMs);
}
