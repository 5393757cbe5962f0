/** What a scenario says: what is done when, what breaks, and what mends it. */

import type { Bundle } from "../../src/edges/recorded/bundle.ts";
import type { Deed } from "./deed.ts";
import type { EditName } from "./edits.ts";
import type { FlagName } from "./shop.ts";

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly symptom: Bundle["symptom"];
  readonly channelName: string;
  readonly alert: Pick<Bundle["alert"], "service" | "metric" | "kind"> & { readonly rule: string };
  /** Before the fault, at a share of the normal part in [0, 1). */
  readonly normal: readonly { readonly at: number; readonly deed: Deed }[];
  readonly fault: Deed;
  readonly mend: Deed;
  readonly truth: Omit<Bundle["truth"], "changeId"> & {
    readonly change: EditName | FlagName | null;
  };
}
