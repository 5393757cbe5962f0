/** Which time a digest and the statistics are about, and where they are shown. */

import type { Viewer } from "./ports.ts";

/** Incidents of public channels that began in `from` ≤ t < `to` and may be shown there. */
export interface Period {
  readonly viewer: Viewer;
  readonly from: Date;
  readonly to: Date;
  /** From here on lists are of late. */
  readonly lateFrom: Date;
  /** Of these services; null: of all. */
  readonly services: readonly string[] | null;
}
