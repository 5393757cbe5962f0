/** Where a play stands: which stretch of the recording is seen at which time. Pure arithmetic, in Unix seconds. */

/** Seconds of trouble that have passed when a play starts. */
const troubledSecondsAtStart = 120;
/** The end of a part that is repeated when the part has run out is at most so long. */
const tailSecondsMax = 120;

export interface Play {
  readonly channel: string;
  readonly id: string;
  readonly speed: 1 | 10;
  /** When the play started; its own clock runs `speed` times as fast from then. */
  readonly startedAt: number;
  /** On the play's clock, when a mending step was tried. */
  readonly mendedAt: number | null;
}

/** The recording's own times. */
export interface Recording {
  readonly onset: number;
  readonly mendedAt: number;
  readonly end: number;
  readonly stepSeconds: number;
}

/** What was recorded after `after` and until `until` is seen `shift` seconds later. */
export interface Stretch {
  readonly after: number;
  readonly until: number;
  readonly shift: number;
  /** Seen before already, because the part has run out. */
  readonly isRepeat: boolean;
}

export function playNow(play: Play, wallNow: number): number {
  return play.startedAt + (wallNow - play.startedAt) * play.speed;
}

/** The stretches that are seen between two times of the play's clock, oldest first. */
export function stretches(
  recording: Recording,
  play: Play,
  window: { readonly from: number; readonly to: number },
): Stretch[] {
  const { onset, mendedAt, end, stepSeconds } = recording;
  const shift = Math.round(play.startedAt) - troubledSecondsAtStart - onset;
  const fault = {
    after: -Infinity,
    until: mendedAt,
    shift,
    tail: tailOf(recording, onset, mendedAt),
  };
  if (play.mendedAt === null) return repeated(fault, Infinity, window);
  // Rounded up to the grid of the fault's points, so that all points lie on one and none that was seen is lost.
  const steps = Math.ceil((play.mendedAt - shift - mendedAt) / stepSeconds);
  const shiftMended = shift + steps * stepSeconds;
  const recovery = {
    after: mendedAt,
    until: end,
    shift: shiftMended,
    tail: tailOf(recording, mendedAt, end),
  };
  return [
    ...repeated(fault, mendedAt + shiftMended, window),
    ...repeated(recovery, Infinity, window),
  ];
}

/** Whole steps, so that a repeat goes on with the grid of the points. */
function tailOf({ stepSeconds }: Recording, from: number, to: number): number {
  const seconds = Math.min(tailSecondsMax, (to - from) / 2);
  return Math.max(1, Math.floor(seconds / stepSeconds)) * stepSeconds;
}

interface Part {
  readonly after: number;
  readonly until: number;
  readonly shift: number;
  /** Seconds of its end that are repeated. */
  readonly tail: number;
}

/** The part, then its tail again and again, up to `seenUntil` and only as far as the window reaches. */
function repeated(
  { after, until, shift, tail }: Part,
  seenUntil: number,
  { from, to }: { readonly from: number; readonly to: number },
): Stretch[] {
  const last = Math.min(seenUntil, to);
  const all: Stretch[] = [];
  if (until + shift >= from)
    all.push({ after, until: Math.min(until, last - shift), shift, isRepeat: false });
  const first = Math.max(1, Math.ceil((from - until - shift) / tail));
  for (let turn = first; until + shift + (turn - 1) * tail < last; turn += 1) {
    const turnShift = shift + turn * tail;
    const turnUntil = Math.min(until, last - turnShift);
    all.push({ after: until - tail, until: turnUntil, shift: turnShift, isRepeat: true });
  }
  return all;
}
