/** Whether all that this process is there for is being done; where it is not, what stands in the way. */

import type { Readiness } from "../edges/http/server.ts";
import type { Connection } from "../edges/postgres/connect.ts";
import { isSchemaCurrent } from "../edges/postgres/migrate.ts";

/** A database that does not answer within this is not ready. */
const answerTimeoutMs = 800;

export const oldSchema = "The database has an old schema; run the migrate command.";
export const noDatabase = "The database does not answer; see DATABASE_URL.";

/** What of the program is open so far. */
export interface Progress {
  /** What is being waited for. */
  readonly said: string;
  readonly connection: Connection | null;
  readonly intake: { readonly trouble: () => string | null } | null;
  /** What is said of it does not make the process unready: incidents are answered with the last good one. */
  readonly catalog: { readonly trouble: () => string | null } | null;
  /** False until every part that belongs to the role has begun. */
  readonly isWorking: boolean;
  readonly isStopping: boolean;
}

export async function readiness(progress: Progress): Promise<Readiness> {
  const { said, connection, intake, isWorking, isStopping } = progress;
  if (isStopping) return notReady("Hindsight is stopping.");
  if (connection === null || intake === null) return notReady(said);
  const trouble = await databaseTrouble(connection);
  if (trouble !== null) return notReady(trouble);
  if (!isWorking) return notReady(said);
  const closed = intake.trouble();
  if (closed !== null) return notReady(closed);
  const about = progress.catalog?.trouble() ?? null;
  return { isReady: true, said: about === null ? "ready" : `ready. ${about}` };
}

function notReady(said: string): Readiness {
  return { isReady: false, said };
}

async function databaseTrouble(connection: Connection): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), answerTimeoutMs);
  });
  try {
    return (await Promise.race([isSchemaCurrent(connection), late])) ? null : oldSchema;
  } catch {
    return noDatabase;
  } finally {
    clearTimeout(timer);
  }
}
