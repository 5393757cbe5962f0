/** `replay`: how good the order is on this installation's own ledger, in words or as JSON. */

import type { Config } from "../config.ts";
import { connect } from "../edges/postgres/connect.ts";
import { isSchemaCurrent } from "../edges/postgres/migrate.ts";
import { keptLedger, workspacesOf } from "../edges/postgres/read-kept.ts";
import { errorWords } from "../error-words.ts";
import { replayWords } from "../message/replay-words.ts";
import { replay } from "../suggestion/replay.ts";
import { visitDatabase } from "./database.ts";
import { openLog } from "./log.ts";
import { mistake } from "./mistake.ts";
import { oldSchema } from "./readiness.ts";
import { loadSteps } from "./sources.ts";

/** The exit status; `write` gets the words of each workspace, or one line of JSON for each. */
export async function runReplay(
  config: Config,
  isJson: boolean,
  write: (text: string) => void,
): Promise<number> {
  try {
    const steps = await loadSteps(config);
    await using opened = await visitDatabase(config, openLog("silent", false));
    await using connection = connect(opened.url);
    if (!(await isSchemaCurrent(connection))) throw mistake(oldSchema);
    const workspaces = await workspacesOf(connection.db);
    if (workspaces.length === 0) {
      throw mistake(
        "No workspace has used this database yet: see DATABASE_URL and HINDSIGHT_DATA.",
      );
    }
    const titles = new Map(steps.map(({ id, plainTitle }) => [id, plainTitle]));
    for (const { id, name } of workspaces) {
      const result = replay(steps, await keptLedger(connection.db, id));
      if (isJson) write(`${JSON.stringify({ workspace: id, ...result })}\n`);
      else {
        if (workspaces.length > 1) write(`${name} (${id})\n\n`);
        write(replayWords(result, (step) => titles.get(step) ?? step));
      }
    }
    return 0;
  } catch (error) {
    process.stderr.write(`${errorWords(error)}\n`);
    return 1;
  }
}
