/** Who may see what, in one place (DESIGN §14): every reader of incidents, records and counts asks by it. */

import { sql, type SQL } from "drizzle-orm";
import type { Viewer } from "../../flows/ports.ts";
import { channel } from "./schema.ts";

/**
 * A condition on the row `channel` of an incident's channel. An incident is shown in its own channel; one of a public
 * channel in any other too, but for those that people of another organisation read.
 */
export function isShownIn({ id, kind }: Viewer): SQL {
  const isOwn = sql`${channel.id} = ${id}`;
  return kind === "external" ? isOwn : sql`(${isOwn} or ${isPublic})`;
}

/** Of these alone others learn: what happens elsewhere counts in its own incident. */
export const isPublic = sql`${channel.kind} = 'public'`;
