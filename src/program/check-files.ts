/** `catalog check` and `playbook check`: each mistake with its file, line and mend. */

import { errorWords } from "../error-words.ts";
import { parseCatalog } from "../catalog/parse.ts";
import type { Config } from "../config.ts";
import { yamlFilesAt } from "../edges/files/read.ts";
import { parsePlaybook } from "../playbook/parse.ts";

/** `path`: in place of CATALOG. 1 where there is a mistake or nothing to read. */
export function checkCatalog(config: Config, path: string | undefined): Promise<number> {
  return check(path ?? config.catalog, "CATALOG", (files) => {
    const { catalog, errors } = parseCatalog(files);
    return { errors, said: `${catalog.services.length} services, ${catalog.teams.length} teams` };
  });
}

/** `folder`: in place of PLAYBOOK. */
export function checkPlaybook(config: Config, folder: string | undefined): Promise<number> {
  return check(folder ?? config.playbookFolder, "PLAYBOOK", (files) => {
    const { steps, errors } = parsePlaybook(files);
    return { errors, said: `${steps.length} steps` };
  });
}

interface Checked {
  readonly errors: readonly {
    readonly path: string;
    readonly line: number;
    readonly message: string;
  }[];
  readonly said: string;
}

async function check(
  path: string | null,
  variable: string,
  parse: (files: Awaited<ReturnType<typeof yamlFilesAt>>) => Checked,
): Promise<number> {
  if (path === null) {
    process.stderr.write(`Nothing to check: name a path, or set ${variable}.\n`);
    return 1;
  }
  try {
    const { errors, said } = parse(await yamlFilesAt(path));
    for (const { path: file, line, message } of errors) {
      process.stdout.write(`${file}:${line} ${message}\n`);
    }
    process.stdout.write(
      `${said}, ${errors.length === 0 ? "no mistakes" : `${errors.length} mistakes`}\n`,
    );
    return errors.length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${errorWords(error)}\n`);
    return 1;
  }
}
