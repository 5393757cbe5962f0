/** Which services a change belongs to: the catalog's paths against the files that it touches. */

import type { Service } from "./catalog.ts";

type Paths = Pick<Service, "name" | "paths">;

/** Whether one of the files lies under the service's paths; without paths the whole repository is the service's. */
export function touches(service: Paths, files: readonly string[]): boolean {
  if (service.paths.length === 0) return files.length > 0;
  const patterns = service.paths.map(patternOf);
  return files.some((file) => patterns.some((pattern) => pattern.test(file)));
}

/** The one service that the files belong to; undefined where they belong to none, or to several as a shared library does. */
export function onlyServiceOf(
  services: readonly Paths[],
  files: readonly string[],
): string | undefined {
  const touched = services.filter((service) => touches(service, files));
  return touched.length === 1 ? touched[0]?.name : undefined;
}

/** The folder or file that a pattern is sure to lie under, "" for the whole repository: `services/checkout/**` → `services/checkout`. */
export function fixedPart(path: string): string {
  const parts = cleaned(path).split("/");
  const wild = parts.findIndex((part) => /[*?]/.test(part));
  return (wild < 0 ? parts : parts.slice(0, wild)).join("/");
}

/** `**` stands for any folders, `*` and `?` stay within one; a path without them is a file, or a folder with all in it. */
function patternOf(path: string): RegExp {
  const source = cleaned(path).replace(/\*\*\/|\*\*|\*|\?|[^*?]+/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    return part.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
  });
  return new RegExp(`^${source}(?:/.*)?$`);
}

function cleaned(path: string): string {
  return path.replace(/^(\.?\/)+/, "").replace(/\/+$/, "");
}
