/** Where the words of a message lead. */

import type { Cite } from "../evidence/diagnosis.ts";

export interface Links {
  /** Only addresses on these hosts become links. */
  readonly hosts: readonly string[];
  /** Where a citation can be opened; null where nowhere. */
  readonly cite: (cite: Cite) => string | null;
  /** The incident's page. */
  readonly page: string | null;
}
