/** `import`: past incidents of another tool, as JSON lines or CSV, into the ledger. */

import { readFile, stat } from "node:fs/promises";
import type { Config } from "../config.ts";
import { csvRows } from "../edges/files/csv.ts";
import { connect } from "../edges/postgres/connect.ts";
import { isSchemaCurrent } from "../edges/postgres/migrate.ts";
import { workspacesOf } from "../edges/postgres/read-kept.ts";
import { jobIdOf } from "../edges/postgres/group-commit.ts";
import { writeImported } from "../edges/postgres/write-imported.ts";
import { errorWords } from "../error-words.ts";
import { pastIncidentOf } from "../import/rows.ts";
import { toldInCsv, toldInJsonLines } from "../import/told.ts";
import type { ToldIncident } from "../import/told.ts";
import { redact } from "../redaction/redact.ts";
import { visitDatabase } from "./database.ts";
import { openLog } from "./log.ts";
import { mistake } from "./mistake.ts";
import { oldSchema } from "./readiness.ts";
import { loadSteps } from "./sources.ts";

const fileBytesMax = 100_000_000;
const mistakesShown = 20;

/** The exit status. All of the file is taken over, or, where a line is wrong, nothing. */
export async function runImport(
  config: Config,
  path: string,
  write: (text: string) => void,
): Promise<number> {
  try {
    const told = await toldIn(path);
    const steps = await loadSteps(config);
    await using opened = await visitDatabase(config, openLog("silent", false));
    await using connection = connect(opened.url);
    if (!(await isSchemaCurrent(connection))) throw mistake(oldSchema);
    const workspace = await onlyWorkspace(connection.db);
    const idOf = (words: string) => jobIdOf(workspace, `import ${words}`);
    const past = told.flatMap((one) => pastIncidentOf(redacted(one), steps, idOf) ?? []);
    const { added, known } = await writeImported(connection.db, workspace, past);
    const left = told.length - past.length;
    const incidents = added === 1 ? "incident" : "incidents";
    write(
      `${added} ${incidents} added, ${known} ${known === 1 ? "was" : "were"} there already, ${left} left out (still open, or continued in another).\n`,
    );
    return 0;
  } catch (error) {
    process.stderr.write(`${errorWords(error)}\n`);
    return 1;
  }
}

async function toldIn(path: string): Promise<readonly ToldIncident[]> {
  const text = await textOf(path);
  const rows = path.endsWith(".csv") ? csvRows(text) : null;
  if (typeof rows === "string") throw mistake(`${path}: ${rows}`);
  const { incidents, mistakes } = rows === null ? toldInJsonLines(text) : toldInCsv(rows);
  if (mistakes.length > 0) {
    const lines = mistakes.slice(0, mistakesShown).map((one) => `line ${one.line}: ${one.words}`);
    const more =
      mistakes.length > lines.length ? [`and ${mistakes.length - lines.length} more`] : [];
    const all = [...lines, ...more].join("\n  ");
    throw mistake(`${path}: nothing was imported. Mend these lines (docs/import.md):\n  ${all}`);
  }
  return incidents;
}

async function textOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) throw mistake(`${path} is no file.`);
  if (found.size > fileBytesMax) {
    throw mistake(`${path} is larger than ${fileBytesMax / 1e6} MB: import it in parts.`);
  }
  return readFile(path, "utf8");
}

async function onlyWorkspace(db: Parameters<typeof workspacesOf>[0]): Promise<string> {
  const [only, ...others] = await workspacesOf(db);
  if (only === undefined) {
    throw mistake("No workspace has used this database yet: start Hindsight once, then import.");
  }
  if (others.length > 0) throw mistake("This database holds several workspaces; import knows one.");
  return only.id;
}

function redacted(incident: ToldIncident): ToldIncident {
  const steps = incident.steps.map((step) => ({ ...step, step: redact(step.step) }));
  return { ...incident, title: redact(incident.title), steps };
}
