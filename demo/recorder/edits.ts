/** All changes that the shop's developers make, by name. */

import { innocentEdits } from "./innocent-edits.ts";
import { tellingEdits } from "./telling-edits.ts";

export const edits = { ...innocentEdits, ...tellingEdits } as const;

export type EditName = keyof typeof edits;
