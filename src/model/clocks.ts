/** Times of day in a sentence, and whether they are those of the evidence. All are in UTC, as the product tells them. */

export interface Moment {
  /** Unix seconds. */
  readonly at: number;
  /** shift: a metric began to move; latest: its newest value; live, made: of a change; line: a log line was first written. */
  readonly of: "shift" | "latest" | "live" | "made" | "line" | "onset";
}

export interface ToldClock {
  readonly text: string;
  readonly index: number;
  /** Since midnight. */
  readonly seconds: number;
  readonly hasSeconds: boolean;
  readonly isAbout: boolean;
}

const clock =
  /(?<![\d:.])(?:\d{4}-\d\d-\d\d[T ])?([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(?:Z|\s?UTC)?(?!:?\d)/g;
const about = /(?:about|around|roughly|approximately|near|shortly|~)\s*$/i;

const minuteSeconds = 60;
const aboutSeconds = 120;
const daySeconds = 86_400;

export function clocksIn(text: string): ToldClock[] {
  return [...text.matchAll(clock)].map((match) => {
    const [told, hours = "", minutes = "", seconds] = match;
    return {
      text: told,
      index: match.index,
      seconds: Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds ?? 0),
      hasSeconds: seconds !== undefined,
      isAbout: about.test(text.slice(0, match.index)),
    };
  });
}

/** Cut to the minute as the product does, or rounded to it. */
export function isAt(told: ToldClock, { at }: Moment): boolean {
  const ofDay = ((at % daySeconds) + daySeconds) % daySeconds;
  const off = Math.abs(ofDay - told.seconds);
  const distance = Math.min(off, daySeconds - off);
  if (told.isAbout) return distance <= aboutSeconds;
  if (told.hasSeconds) return distance <= 1;
  return ofDay - (ofDay % minuteSeconds) === told.seconds || distance <= minuteSeconds / 2;
}
