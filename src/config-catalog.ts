/** Where the catalog is, and who tells of schedules: files beside the program, a repository on GitHub, PagerDuty. */

import { urlOf, type Asking } from "./config-values.ts";

export interface RepositoryFolder {
  /** "owner/name" */
  readonly repo: string;
  /** A file or a folder in it; "": the whole repository. */
  readonly path: string;
  /** A branch, tag or commit; null: the default branch. */
  readonly ref: string | null;
}

interface PagerDutySettings {
  readonly token: string;
  /** null: PagerDuty's own. */
  readonly apiUrl: string | null;
}

const onGitHub = /^github:(?<repo>[\w.-]+\/[\w.-]+)(?:\/(?<path>[^@]*))?(?:@(?<ref>[^@\s]+))?$/;

/** `github:acme/ops/catalog@main`; null: it is a file or folder here. */
export function catalogOnGitHub(catalog: string): RepositoryFolder | null {
  const { repo, path = "", ref = null } = onGitHub.exec(catalog)?.groups ?? {};
  return repo === undefined ? null : { repo, path: path.replace(/\/+$/, ""), ref };
}

export interface CatalogSettings {
  /** A path, or github:owner/name[/path][@ref]; null: none is set and there is no catalog.yaml. */
  readonly catalog: string | null;
  /** Who tells of schedules; null: nobody. */
  readonly pagerduty: PagerDutySettings | null;
}

/** `hasFile`: there is a catalog.yaml beside the program. */
export function catalogSettings(asking: Asking, hasFile: boolean): CatalogSettings {
  const catalog = asking.value("CATALOG") ?? (hasFile ? "catalog.yaml" : null);
  if (catalog?.startsWith("github:") === true) checkFolder(asking, catalog);
  const token = asking.value("PAGERDUTY_TOKEN");
  const apiUrl = urlOf(asking, "PAGERDUTY_API_URL", ["http:", "https:"]);
  return { catalog, pagerduty: token === undefined ? null : { token, apiUrl } };
}

function checkFolder({ value, problem }: Asking, catalog: string): void {
  if (catalogOnGitHub(catalog) === null) {
    problem(
      "CATALOG",
      `must be a path, or github:owner/name with /path and @ref where they are needed; it is "${catalog}".`,
    );
  } else if (value("GITHUB_TOKEN") === undefined && value("GITHUB_APP_ID") === undefined) {
    problem(
      "CATALOG",
      "is on GitHub, but nothing says who reads it. Set GITHUB_TOKEN, or GITHUB_APP_ID with GITHUB_APP_PRIVATE_KEY.",
    );
  }
}
