/** Times as Loki wants them. */

/** Nanoseconds as a string of digits, which no number of JavaScript holds. */
export function nanoseconds(ms: number): string {
  return `${Math.round(ms)}000000`;
}
