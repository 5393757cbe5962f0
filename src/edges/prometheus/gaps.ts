/** What could not be read, in words: one line for each reason, however many readings it struck. */

export interface Gap {
  /** "latency_p99 of checkout", or a service. */
  readonly of: string;
  /** Why, as a sentence fragment. */
  readonly said: string;
}

const reasonsMax = 8;
const namedMax = 3;

export function gapsInWords(gaps: readonly Gap[]): string[] {
  const reasons = [...Map.groupBy(gaps, ({ said }) => said)];
  const lines = reasons.slice(0, reasonsMax).map(([said, struck]) => {
    const rest = struck.length - namedMax;
    const named = struck.slice(0, namedMax).map(({ of }) => of);
    return `${named.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}: ${said}`;
  });
  const rest = reasons.length - reasonsMax;
  return rest > 0 ? [...lines, `and ${rest} more reasons`] : lines;
}
