/** The playbook that comes with the program, as the tests read it. */

import { readdirSync, readFileSync } from "node:fs";
import type { TextFile } from "../../src/catalog/located-yaml.ts";

const folder = new URL("../../playbook/", import.meta.url);

export const builtInFiles: readonly TextFile[] = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .toSorted()
  .map((name) => ({
    path: `playbook/${name}`,
    text: readFileSync(new URL(name, folder), "utf8"),
  }));
