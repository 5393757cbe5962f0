/** The command line: one verb, its settings from the environment, an exit status that tells how it went. */

import { existsSync, readFileSync } from "node:fs";
import { readConfig } from "./config.ts";
import type { Config } from "./config.ts";

const usage = `hindsight [verb]

  serve     everything: HTTP, Slack, jobs, pages; a local workspace where no Slack is configured (default)
  web       takes events in and serves pages; needs DATABASE_URL and Slack
  worker    does the work; needs DATABASE_URL and Slack
  migrate   brings the database to the newest schema, then exits
  doctor    checks every setting and every outside system

Settings come from the environment: see README.md and .env.example.
`;

const verbs = ["serve", "web", "worker", "migrate", "doctor"] as const;
type Verb = (typeof verbs)[number];

/** 0 done, 1 failed, 2 wrong usage. */
async function main(args: readonly string[]): Promise<number> {
  const [word = "serve", ...rest] = args;
  if (word === "help" || word === "--help" || word === "-h") {
    process.stdout.write(usage);
    return 0;
  }
  const verb = verbs.find((known) => known === word);
  if (verb === undefined || rest.length > 0) {
    process.stderr.write(
      `${verb === undefined ? `There is no verb "${word}".` : `"${verb}" takes no arguments.`}\n\n${usage}`,
    );
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
  return run(verb, reading.config, reading.notices);
}

/** The programs load what they need when they are asked for: `--help` must not wait for a database driver. */
async function run(verb: Verb, config: Config, notices: readonly string[]): Promise<number> {
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
      return runDoctor(config, notices);
    }
  }
}

process.exitCode = await main(process.argv.slice(2));
