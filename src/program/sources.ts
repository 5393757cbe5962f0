/** The sources that the settings name: playbook, metrics, changes, logs. */

import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { errorWords } from "../error-words.ts";
import type { Catalog, Service } from "../catalog/catalog.ts";
import type { Config } from "../config.ts";
import { catalogOnGitHub } from "../config-catalog.ts";
import { yamlFilesAt } from "../edges/files/read.ts";
import { changesOnGit } from "../edges/git/changes.ts";
import type { CheckedChanges } from "../edges/git/changes.ts";
import { changesOnGitHub } from "../edges/github/changes.ts";
import type { GitHubSettings } from "../edges/github/client.ts";
import { logsOnLoki } from "../edges/loki/logs.ts";
import type { CheckedLogs } from "../edges/loki/logs.ts";
import { metricsOnPrometheus } from "../edges/prometheus/metrics.ts";
import type { CheckedMetrics } from "../edges/prometheus/metrics.ts";
import { versionsOnPrometheus } from "../edges/prometheus/versions.ts";
import { sourceAt, type AnySource } from "../edges/source-url/source.ts";
import type { Changes } from "../flows/ports.ts";
import { parsePlaybook } from "../playbook/parse.ts";
import type { Step } from "../playbook/step.ts";
import { mistake } from "./mistake.ts";

const builtInPlaybook = fileURLToPath(new URL("../../playbook/", import.meta.url));

interface FileError {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

function refuse(variable: string, errors: readonly FileError[]): never {
  const lines = errors.map(({ path, line, message }) => `  ${path}:${line} ${message}`);
  throw mistake(`${variable} has ${errors.length} error(s):\n${lines.join("\n")}`);
}

/** The built-in steps and the team's own. Rejects with every error's file, line and mend. */
export async function loadSteps(config: Config): Promise<readonly Step[]> {
  const files = await yamlFilesAt(builtInPlaybook);
  const own =
    config.playbookFolder === null ? [] : await orMistake("PLAYBOOK", config.playbookFolder);
  const { steps, errors } = parsePlaybook([...files, ...own]);
  if (errors.length > 0) refuse("PLAYBOOK", errors);
  return steps;
}

/** What a rule of the catalog may forbid by its id. Rejects as `loadSteps` does. */
export async function loadStepIds(config: Config): Promise<readonly string[]> {
  return (await loadSteps(config)).map(({ id }) => id);
}

/** Who reads on GitHub; null: nobody. */
export function gitHubSettings({ github, githubApiUrl }: Config): GitHubSettings | null {
  const where = githubApiUrl === null ? {} : { apiUrl: githubApiUrl };
  if (github === null) return null;
  return "token" in github
    ? { token: github.token, ...where }
    : { app: { id: github.appId, privateKey: github.privateKey }, ...where };
}

async function orMistake(variable: string, path: string) {
  try {
    return await yamlFilesAt(path);
  } catch (error) {
    throw mistake(`${variable}: ${errorWords(error)}`);
  }
}

export function metricsSources(config: Config): CheckedMetrics[] {
  return serversOf(config).map(metricsOnPrometheus);
}

/** Believed after all others about when something went live. */
export function versionSources(config: Config): Changes[] {
  return serversOf(config).map(versionsOnPrometheus);
}

function serversOf({ prometheis }: Config) {
  return prometheis.map((server) => ({
    ...server,
    name: server.key === "" ? "Prometheus" : `Prometheus (${server.key})`,
  }));
}

export function logsSources(config: Config): CheckedLogs[] {
  return config.lokis.map(({ key, ...server }) =>
    logsOnLoki({ ...server, key, name: key === "" ? "Loki" : `Loki (${key})` }),
  );
}

/** Each is a source of metrics, of changes and of logs. */
export function anySources(config: Config): AnySource[] {
  return config.sourceUrls.map((url) => sourceAt({ url }));
}

/** `environment`: what git needs of ours, its own settings among them. `onFolders`: clones on this machine. */
export function changesSources(
  config: Config,
  environment: { readonly PATH?: string; readonly HOME?: string },
): { readonly onGitHub: readonly CheckedChanges[]; readonly onFolders: CheckedChanges } {
  const github = gitHubSettings(config);
  return {
    onGitHub: github === null ? [] : [changesOnGitHub(github)],
    onFolders: changesOnGit({ folderOf: (service) => folderOf(config, service), environment }),
  };
}

/** Clones are read where the catalog names one. */
export function changesFor(
  { onGitHub, onFolders }: ReturnType<typeof changesSources>,
  { services }: Catalog,
): readonly CheckedChanges[] {
  return services.some(isInFolder) ? [...onGitHub, onFolders] : onGitHub;
}

const folderPrefix = "file:";

function isInFolder({ repo }: Service): boolean {
  return repo?.startsWith(folderPrefix) === true;
}

/** `file:../shop` is seen from the catalog's own folder; from where the program runs, where that is on GitHub. */
function folderOf(config: Config, service: Service): string | null {
  if (!isInFolder(service) || service.repo === undefined) return null;
  const { catalog } = config;
  const isHere = catalog !== null && catalogOnGitHub(catalog) === null;
  const base = isHere ? dirname(resolve(catalog)) : ".";
  return resolve(base, service.repo.slice(folderPrefix.length));
}
