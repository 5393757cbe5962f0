/** `export`: the ledger as CSV, or as JSON lines; public channels only. */

import type { Config } from "../config.ts";
import { connect } from "../edges/postgres/connect.ts";
import { isSchemaCurrent } from "../edges/postgres/migrate.ts";
import { exportedIncidents } from "../edges/postgres/read-export.ts";
import { workspacesOf } from "../edges/postgres/read-kept.ts";
import { csvHead, csvLines } from "../digest/exported.ts";
import { errorWords } from "../error-words.ts";
import { redact } from "../redaction/redact.ts";
import { visitDatabase } from "./database.ts";
import { openLog } from "./log.ts";
import { mistake } from "./mistake.ts";
import { oldSchema } from "./readiness.ts";

/** The exit status; `write` gets an incident at a time and resolves once there is room for the next. */
export async function runExport(
  config: Config,
  isJson: boolean,
  write: (text: string) => Promise<void>,
): Promise<number> {
  try {
    await using opened = await visitDatabase(config, openLog("silent", false));
    await using connection = connect(opened.url);
    if (!(await isSchemaCurrent(connection))) throw mistake(oldSchema);
    if (!isJson) await write(csvHead);
    for (const { id } of await workspacesOf(connection.db)) {
      for await (const incident of exportedIncidents(connection.db, id)) {
        const shown = { ...incident, title: redact(incident.title) };
        await write(isJson ? `${JSON.stringify(shown)}\n` : csvLines(shown));
      }
    }
    return 0;
  } catch (error) {
    process.stderr.write(`${errorWords(error)}\n`);
    return 1;
  }
}
