/** Columns that every table has, or that drizzle does not know. */

import { customType, text, timestamp } from "drizzle-orm/pg-core";

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
export const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
export const workspaceId = () => text("workspace_id").notNull();
