/** What a hook or a channel's topic told of an incident, as it passes through the queue. */

import type { Severity, Status } from "../vocabulary.ts";
import type { Teller } from "./told.ts";

export interface IncidentNews {
  readonly teller: Teller;
  /** The event's own; with the same status it is the same news. */
  readonly id: string;
  /** Unix seconds. */
  readonly at: number;
  /** Which of the teller's incidents; where no channel is told, its alerts lead to the incident here. */
  readonly of: string | null;
  /** "C…" or "#name". */
  readonly channel: string | null;
  /** null, here and below: not told. */
  readonly status: Status | null;
  readonly severity: Severity | null;
  /** An id or a mention of Slack's, or a name. */
  readonly lead: string | null;
  readonly title: string | null;
}
