/** How often the same trouble came lately, and what ended it the last time. */

const lookBackS = 7 * 86_400;

export interface Recurrence {
  /** In the last seven days, this time included; 2 or more. */
  readonly times: number;
  /** The newest incident of it; null: none, or none that may be shown. */
  readonly last: LastTime | null;
}

export interface LastTime {
  /** "INC-31" */
  readonly name: string;
  /** What somebody said fixed it; null: nobody did. */
  readonly fixedBy: { readonly title: string; readonly minutes: number | null } | null;
}

/** Of earlier occurrences, at Unix seconds, and this one. */
export function timesLately(earlier: readonly { readonly at: number }[], now: number): number {
  return earlier.filter(({ at }) => now - at < lookBackS).length + 1;
}
