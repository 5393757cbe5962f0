/** Who reads runbooks: files on GitHub through its API, everything else from the web; only what may be read. */

import type { Catalog } from "../catalog/catalog.ts";
import type { Config } from "../config.ts";
import { runbookFilesRead } from "../edges/github/runbook-files.ts";
import { keptPages } from "../edges/runbooks/kept-pages.ts";
import { webPagesRead, type ReadPage } from "../edges/runbooks/web-pages.ts";
import type { Runbooks } from "../flows/runbooks.ts";
import { fileOnGitHub, refusalOf } from "../runbook/page.ts";
import { gitHubSettings } from "./sources.ts";

/** One for each process: it keeps what it read. */
export function runbooksFor(config: Config, catalog: () => Catalog): Runbooks {
  const github = gitHubSettings(config);
  const readFile = github === null ? null : runbookFilesRead(github);
  const readWeb = webPagesRead({ origins: config.runbookOrigins });
  const web = gitHubWeb(config);
  const read: ReadPage = async (asked, etag, signal) => {
    const said = refusalOf(asked, { catalog: catalog(), origins: config.runbookOrigins, web });
    if (said !== null) return { kind: "refused", said, isPassing: false };
    const file = fileOnGitHub(asked.link, web);
    if (file === null) return readWeb(asked, etag, signal);
    if (readFile !== null) return readFile(file, { ...asked, etag }, signal);
    return { kind: "refused", said: "it is on GitHub; set GITHUB_TOKEN", isPassing: false };
  };
  return keptPages(read, () => Date.now());
}

/** The host where people read what the API serves. */
function gitHubWeb({ githubApiUrl }: Config): string {
  const host = githubApiUrl === null ? "api.github.com" : new URL(githubApiUrl).host;
  return host === "api.github.com" ? "github.com" : host;
}
