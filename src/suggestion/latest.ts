/** The order of an append-only ledger: the latest word of a kind counts, whatever the order of arrival. */

interface Recorded {
  readonly id: string;
  readonly at: Date;
  readonly recordedAt: Date;
}

/** When it was recorded, then when it happened, then the id, so that ties do not depend on the order of rows. */
export function byRecording(a: Recorded, b: Recorded): number {
  return (
    a.recordedAt.getTime() - b.recordedAt.getTime() ||
    a.at.getTime() - b.at.getTime() ||
    (a.id < b.id ? -1 : 1)
  );
}

/** One row a key: the latest. */
export function latestOf<T extends Recorded>(
  rows: readonly T[],
  keyOf: (row: T) => string,
): readonly T[] {
  return [...new Map(rows.toSorted(byRecording).map((row) => [keyOf(row), row])).values()];
}
