/** `catalog check` and `playbook check`: each mistake with its file, line and mend. */

import { errorWords } from "../error-words.ts";
import { parseCatalog } from "../catalog/parse.ts";
import type { Config } from "../config.ts";
import { yamlFilesAt } from "../edges/files/read.ts";
import { catalogFiles } from "./catalog-files.ts";
import { parsePlaybook } from "../playbook/parse.ts";
import { loadStepIds } from "./sources.ts";

/** `path`: in place of CATALOG. 1 where there is a mistake, here or in the playbook, or nothing to read. */
export function checkCatalog(config: Config, path: string | undefined): Promise<number> {
  let stepIds: readonly string[] = [];
  const read = async (place: string) => {
    stepIds = await loadStepIds(config);
    return catalogFiles(config, place);
  };
  return check(path ?? config.catalog, { variable: "CATALOG", read }, (files) => {
    const { catalog, errors } = parseCatalog(files, stepIds);
    return { errors, said: `${catalog.services.length} services, ${catalog.teams.length} teams` };
  });
}

/** `folder`: in place of PLAYBOOK. */
export function checkPlaybook(config: Config, folder: string | undefined): Promise<number> {
  const read = yamlFilesAt;
  return check(folder ?? config.playbookFolder, { variable: "PLAYBOOK", read }, (files) => {
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

type Files = readonly { readonly path: string; readonly text: string }[];

async function check(
  path: string | null,
  {
    variable,
    read,
  }: { readonly variable: string; readonly read: (place: string) => Promise<Files> },
  parse: (files: Files) => Checked,
): Promise<number> {
  if (path === null) {
    process.stderr.write(`Nothing to check: name a path, or set ${variable}.\n`);
    return 1;
  }
  try {
    const { errors, said } = parse(await read(path));
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
