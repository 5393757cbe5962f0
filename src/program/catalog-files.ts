/** Reads the files that CATALOG names, here or on GitHub, and what they say. */

import { parseCatalog } from "../catalog/parse.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Config } from "../config.ts";
import { catalogOnGitHub } from "../config-catalog.ts";
import { yamlFilesAt } from "../edges/files/read.ts";
import { catalogOnGitHubRead, type ReadCatalogFiles } from "../edges/github/catalog-files.ts";
import { gitHubSettings, loadStepIds } from "./sources.ts";

const filesTimeoutMs = 15_000;
const errorsMax = 5;

interface FileError {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** How the files at that place are read; null where it is on GitHub and nobody may read there. */
export function catalogReader(config: Config, place: string): ReadCatalogFiles | null {
  const folder = catalogOnGitHub(place);
  if (folder !== null) {
    const settings = gitHubSettings(config);
    return settings === null ? null : catalogOnGitHubRead(settings, folder);
  }
  let before = "";
  return async () => {
    const files = await yamlFilesAt(place);
    const now = JSON.stringify(files);
    if (now === before) return null;
    before = now;
    return files;
  };
}

/** Rejects with every mistake, its file, line and mend; where the playbook holds some, with those. */
export async function catalogNow(config: Config, place: string): Promise<Catalog> {
  const stepIds = await loadStepIds(config);
  const { catalog, errors } = parseCatalog(await catalogFiles(config, place), stepIds);
  if (errors.length > 0) throw new Error(mistakesIn(errors));
  return catalog;
}

/** Rejects with a sentence where they cannot be read. */
export async function catalogFiles(
  config: Config,
  place: string,
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const read = catalogReader(config, place);
  if (read === null) throw new Error("the catalog is on GitHub, but GITHUB_TOKEN is not set");
  return (await read(AbortSignal.timeout(filesTimeoutMs))) ?? [];
}

/** "2 mistakes: teams.yaml:3 …; teams.yaml:9 …" */
export function mistakesIn(errors: readonly FileError[]): string {
  const shown = errors
    .slice(0, errorsMax)
    .map(({ path, line, message }) => `${path}:${line} ${message}`);
  const rest = errors.length > errorsMax ? [`${errors.length - errorsMax} more`] : [];
  const count = errors.length === 1 ? "1 mistake" : `${errors.length} mistakes`;
  return `${count}: ${[...shown, ...rest].join("; ")}`;
}
