/** What the tests of the house read: the files that belong to it, by their path from its root. */

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const outputBytesMax = 100_000_000;
const root = fileURLToPath(new URL("..", import.meta.url));

export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function exists(path: string): boolean {
  return existsSync(join(root, path));
}

/** Files of a folder and its folders, sorted: "src/flows/ports.ts". */
export function filesUnder(folder: string, extension: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .toSorted();
}

/** What lies directly in it: "evidence/" for a folder, "main.ts" for a file. */
export function entriesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .toSorted();
}

/** Every path that git keeps; null where this is no clone, or git does not read it. */
export function trackedFiles(...options: readonly string[]): string[] | null {
  if (!exists(".git")) return null;
  const { status, stdout } = spawnSync("git", ["ls-files", "-z", ...options], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: outputBytesMax,
  });
  return status === 0 ? stdout.split("\0").filter((path) => path !== "") : null;
}
