/** What is known where it is decided on alerts, of the last hour. */

import type { ChannelOpening, OpenPlace } from "../alert/destination.ts";
import type { AlertGroup } from "../alert/group.ts";

export interface AlertDesk {
  /** Of the newest decision. */
  readonly seq: number;
  /** Those that were asked for and are known. */
  readonly groups: readonly AlertGroup[];
  /** Open incidents of public channels. */
  readonly open: readonly OpenPlace[];
  readonly openings: readonly ChannelOpening[];
  /** Groups with a message of their own, newest first. */
  readonly threads: readonly { readonly group: string; readonly at: number }[];
}
