/** Times and durations as people read them. */

/** HH:MM in UTC. */
export function clockUtc(at: Date): string {
  return at.toISOString().slice(11, 16);
}

/** Slack's date token: each reader sees their own zone; without it the UTC time. */
export function clock(at: Date): string {
  return `<!date^${Math.floor(at.getTime() / 1000)}^{time}|${clockUtc(at)}>`;
}

/** "under a minute", "23 min", "2 h 5 min", "3 days"; negative counts as 0. */
export function duration(ms: number): string {
  const minutes = Math.floor(Math.max(ms, 0) / 60_000);
  if (minutes < 1) return "under a minute";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days`;
}

/** A step's expected minutes: whole from 1 up. */
export function minutesWords(minutes: number): string {
  return minutes < 1 ? "under 1 min" : `${Math.round(minutes)} min`;
}
