/** When the history of open incidents' channels is read for what was missed: at the start, and when the database is back. */

import { sql } from "drizzle-orm";
import { errorWords } from "../error-words.ts";
import type { Database } from "../edges/postgres/connect.ts";
import { catchUpOnHistory } from "../flows/read-history.ts";
import type { World } from "../flows/ports.ts";

/** Slack sends again for minutes what the database was not there for: what passed in between was not missed. */
const lookEveryMs = 5_000;

/** Begins at once. A look that takes longer than the next one is due is waited for. */
export function keepCaughtUp(
  db: Pick<Database, "execute">,
  world: World,
  onTrouble: (sentence: string) => void,
): Disposable {
  let isMissing = true;
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      await (isMissing ? catchUpOnHistory(world) : db.execute(sql`select 1`));
      isMissing = false;
    } catch (error) {
      if (!isMissing) onTrouble(`the database does not answer: ${errorWords(error)}`);
      isMissing = true;
    } finally {
      isLooking = false;
    }
  };
  void look();
  const looking = setInterval(() => void look(), lookEveryMs);
  return { [Symbol.dispose]: () => clearInterval(looking) };
}
