/** What a commit of the shop's developers does to its files. */

import type { Author } from "./history.ts";

export interface Edit {
  readonly file: string;
  /** Must occur exactly once. */
  readonly from: string;
  readonly to: string;
}

export interface Change {
  readonly author: Author;
  readonly message: string;
  readonly edits: readonly Edit[];
}
