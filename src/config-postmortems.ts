/** Where postmortems go, and the team's own template. */

import { urlOf, type Asking } from "./config-values.ts";
import { parseTemplate, usualTemplate, type Template } from "./postmortem/template.ts";

export interface PostmortemSettings {
  readonly template: Template;
  /** "owner/name"; null: nowhere. */
  readonly repo: string | null;
  /** In the repository, "" or with a slash at its end. */
  readonly folder: string;
  readonly hook: { readonly url: string; readonly secret: string } | null;
}

/** `read` throws where there is no such file. */
export function postmortemSettings(
  asking: Asking,
  read: (path: string) => string,
): PostmortemSettings {
  return {
    template: templateOf(asking, read),
    repo: repoOf(asking),
    folder: folderOf(asking),
    hook: hookOf(asking),
  };
}

function templateOf({ value, problem }: Asking, read: (path: string) => string): Template {
  const path = value("POSTMORTEM_TEMPLATE");
  if (path === undefined) return usualTemplate;
  const text = textOf(path, read);
  if (text === null) {
    problem("POSTMORTEM_TEMPLATE", `names ${path}, which cannot be read.`);
    return usualTemplate;
  }
  const parsed = parseTemplate(text);
  if (parsed.ok) return parsed.template;
  for (const { line, mend } of parsed.problems) {
    problem("POSTMORTEM_TEMPLATE", `names ${path}; in its line ${line} ${mend}`);
  }
  return usualTemplate;
}

function textOf(path: string, read: (path: string) => string): string | null {
  try {
    return read(path);
  } catch {
    return null;
  }
}

function repoOf({ value, problem }: Asking): string | null {
  const repo = value("POSTMORTEM_REPO") ?? null;
  if (repo !== null && !/^[\w.-]+\/[\w.-]+$/.test(repo)) {
    problem("POSTMORTEM_REPO", `must be owner/name on GitHub; it is "${repo}".`);
  }
  return repo;
}

function folderOf({ value, problem }: Asking): string {
  const told = (value("POSTMORTEM_PATH") ?? "postmortems").replaceAll(/^\/+|\/+$/g, "");
  if (!/^[\w./ -]*$/.test(told) || told.split("/").includes("..")) {
    problem("POSTMORTEM_PATH", `must be a folder of the repository; it is "${told}".`);
  }
  return told === "" || told === "." ? "" : `${told}/`;
}

function hookOf(asking: Asking): PostmortemSettings["hook"] {
  const url = urlOf(asking, "OUTGOING_HOOK_URL", ["https:", "http:"]);
  const secret = asking.value("OUTGOING_HOOK_SECRET");
  if (url === null && secret === undefined) return null;
  if (url === null) {
    asking.problem("OUTGOING_HOOK_URL", "is not set, but OUTGOING_HOOK_SECRET is. Set both.");
    return null;
  }
  if (secret === undefined) {
    asking.problem(
      "OUTGOING_HOOK_SECRET",
      "is not set, but OUTGOING_HOOK_URL is. Set it to a long random text that the other side knows too.",
    );
    return null;
  }
  return { url, secret };
}
