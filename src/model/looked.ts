/** What a tool looks at, in words of ours: nothing of it is the model's, which may have been talked into whatever it calls for. */

import { linkIn } from "./unsafe.ts";
import type { Wanted } from "./tools.ts";

/** `service`: the catalog's name of it; null: it knows none such. */
export function lookedAt(tool: Wanted["name"], service: string | null): string {
  if (tool === "past_incidents") return "earlier incidents";
  if (service === null) return "the services of the catalog";
  switch (tool) {
    case "read_metric":
      return `metrics of ${service}`;
    case "read_logs":
      return `log lines of ${service}`;
    case "list_changes":
      return `changes of ${service}`;
    case "read_file":
      return `files of ${service}`;
    case "read_runbook":
      return `the runbooks of ${service}`;
  }
}

/** Of a file that was found. */
export function fileLookedAt(service: string, path: string, commit: string): string {
  return isTellablePath(path) ? `${path} at ${commit.slice(0, 7)}` : lookedAt("read_file", service);
}

/** Who may commit chooses a file's name: one that could be a sentence, a command or a host is told nobody. */
export function isTellablePath(path: string): boolean {
  return /^[\w./+-]+$/.test(path) && linkIn(path, { hosts: [], urls: new Set() }) === null;
}
