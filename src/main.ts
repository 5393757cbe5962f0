/** The command line: one verb, its settings from the environment, an exit status that tells how it went. */

import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { readConfig } from "./config.ts";
import type { Config } from "./config.ts";
import { loadQuickly } from "./program/quick-loading.ts";

const usage = `hindsight [verb]

  serve     everything: HTTP, Slack, jobs, pages; a local workspace where no Slack is configured (default)
  web       takes events in and serves pages; needs DATABASE_URL and Slack
  worker    does the work; needs DATABASE_URL and Slack
  migrate   brings the database to the newest schema, then exits
  doctor    checks every setting and every outside system
  replay [--json]
            how the present order would have done in past incidents, from this installation's ledger
  export [--json]
            incidents of public channels with their times, steps and outcomes: as CSV, or as JSON lines
  import FILE
            past incidents of another tool into the ledger: JSON lines, or CSV (.csv); see docs/import.md
  diagnose --stdio
            evidence in, diagnosis out, one JSON object a line; reads no settings
  rank --stdio
            incidents and their outcomes in, the order of steps out, likewise
  catalog check [PATH]      names each mistake in the catalog with file, line and mend
  playbook check [FOLDER]   the same for a folder of steps

Settings come from the environment: see README.md and .env.example.
`;

const verbs = [
  "serve",
  "web",
  "worker",
  "migrate",
  "doctor",
  "replay",
  "export",
  "import",
  "catalog check",
  "playbook check",
] as const;
type Verb = (typeof verbs)[number];

interface Command {
  readonly verb: Verb;
  /** Only `check` and `import` take one. */
  readonly path: string | undefined;
  /** Only `replay` and `export` may answer so. */
  readonly isJson: boolean;
}

/** 0 done, 1 failed, 2 wrong usage. */
async function main(args: readonly string[]): Promise<number> {
  const [word = "serve"] = args;
  if (word === "help" || word === "--help" || word === "-h") {
    process.stdout.write(usage);
    return 0;
  }
  if (word === "diagnose" || word === "rank") return runLines(word, args.slice(1));
  const command = commandOf(args);
  if (typeof command === "string") {
    process.stderr.write(`${command}\n\n${usage}`);
    return 2;
  }
  const reading = readConfig(process.env, {
    read: (path) => readFileSync(path, "utf8"),
    has: existsSync,
  });
  if (!reading.ok) {
    for (const { variable, mend } of reading.problems)
      process.stderr.write(`${variable} ${mend}\n`);
    return 1;
  }
  return run(command, reading.config, reading.notices);
}

const noPrivateExport =
  '"export" writes incidents of public channels alone: what happened in private stays in its own channel. Leave out --all.';

/** What is wrong with the words, where they are no command. */
function commandOf([word = "serve", ...rest]: readonly string[]): Command | string {
  const isCheck = word === "catalog" || word === "playbook";
  const verb = verbs.find((known) => known === (isCheck ? `${word} ${rest[0] ?? ""}` : word));
  if (verb === undefined) return `There is no verb "${[word, ...rest].join(" ")}".`;
  if (verb === "export" && rest.includes("--all")) return noPrivateExport;
  const isJson = (verb === "replay" || verb === "export") && rest.join(" ") === "--json";
  const paths = isCheck ? rest.slice(1) : isJson ? [] : rest;
  if (verb === "import" && paths.length === 0) return '"import" takes the path of a file.';
  if (paths.length > (isCheck || verb === "import" ? 1 : 0))
    return `"${verb}" does not take "${paths.join(" ")}".`;
  return { verb, path: paths[0], isJson };
}

/** Pure: no settings, no network, no database. */
async function runLines(verb: "diagnose" | "rank", args: readonly string[]): Promise<number> {
  if (args.join(" ") !== "--stdio") {
    process.stderr.write(`"${verb}" reads standard input: ${verb} --stdio\n\n${usage}`);
    return 2;
  }
  const { answerLines } = await import("./edges/stdio/lines.ts");
  const answer =
    verb === "diagnose"
      ? (await import("./edges/stdio/diagnose-line.ts")).answerDiagnose
      : (await import("./edges/stdio/rank-line.ts")).rankLines();
  await answerLines(process.stdin, process.stdout, answer);
  return 0;
}

/** The programs load what they need when they are asked for: `--help` must not wait for a database driver. */
async function run(
  { verb, path, isJson }: Command,
  config: Config,
  notices: readonly string[],
): Promise<number> {
  switch (verb) {
    case "serve":
    case "web":
    case "worker": {
      const { runUntilStopped } = await import("./program/run.ts");
      return runUntilStopped(config, verb === "serve" ? "all" : verb, notices);
    }
    case "migrate": {
      const { runMigrate } = await import("./program/run.ts");
      return runMigrate(config);
    }
    case "doctor": {
      const { runDoctor } = await import("./program/doctor.ts");
      return runDoctor(config, notices, (line) => void process.stdout.write(line));
    }
    case "replay":
    case "export":
    case "import":
      return runOnLedger(verb, { path, isJson }, config);
    case "catalog check": {
      const { checkCatalog } = await import("./program/check-files.ts");
      return checkCatalog(config, path);
    }
    case "playbook check": {
      const { checkPlaybook } = await import("./program/check-files.ts");
      return checkPlaybook(config, path);
    }
  }
}

const write = (text: string) => void process.stdout.write(text);

async function runOnLedger(
  verb: "replay" | "export" | "import",
  { path, isJson }: Pick<Command, "path" | "isJson">,
  config: Config,
): Promise<number> {
  switch (verb) {
    case "replay": {
      const { runReplay } = await import("./program/replay.ts");
      return runReplay(config, isJson, write);
    }
    case "export": {
      const { runExport } = await import("./program/export.ts");
      return runExport(config, isJson, writeOut);
    }
    case "import": {
      const { runImport } = await import("./program/import.ts");
      return runImport(config, path ?? "", write);
    }
  }
}

/** Resolves once there is room for more: an export may be larger than memory. */
async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

loadQuickly();
process.exitCode = await main(process.argv.slice(2));
