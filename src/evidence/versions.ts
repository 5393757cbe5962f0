/** Which version of a service runs now and which ran before it, as the version label of its metrics tells. */

import type { Series } from "./input.ts";

export interface Versions {
  readonly current: string | null;
  readonly previous: string | null;
}

/** A version whose newest sample is older than this, in steps of the series, runs no more. */
const missedStepsMax = 3;
const usualStepSeconds = 60;

/** Both null where no series of the service is cut by `version`. Of several that run at once the newest counts. */
export function versionsOf(series: readonly Series[], service: string): Versions {
  const seen = new Map<string, { first: number; last: number }>();
  let step = usualStepSeconds;
  for (const { service: of, callee, labels, points } of series) {
    const version = labels?.["version"];
    if (of !== service || callee !== undefined || version === undefined) continue;
    const times = points.filter(([, value]) => Number.isFinite(value)).map(([at]) => at);
    const first = times[0];
    const last = times.at(-1);
    if (first === undefined || last === undefined) continue;
    step = Math.min(step, (times[1] ?? first + usualStepSeconds) - first);
    const known = seen.get(version) ?? { first, last };
    seen.set(version, { first: Math.min(known.first, first), last: Math.max(known.last, last) });
  }
  const newestFirst = [...seen].toSorted(
    ([a, { first: x }], [b, { first: y }]) => y - x || (a < b ? -1 : 1),
  );
  const end = Math.max(...newestFirst.map(([, { last }]) => last));
  const current = newestFirst.find(([, { last }]) => end - last <= missedStepsMax * step);
  const before = newestFirst.find(
    ([version, { first }]) => version !== current?.[0] && first <= (current?.[1].first ?? 0),
  );
  return { current: current?.[0] ?? null, previous: before?.[0] ?? null };
}
