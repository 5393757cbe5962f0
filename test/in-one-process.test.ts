/**
 * The tests of what is pure, and of the flows on fakes, in one process: one each would take longer to start than to
 * run. `npm test` leaves the files of these folders out; each of them also runs by itself.
 */

import { globSync } from "node:fs";
import { join } from "node:path";

const folders =
  "{alert,catalog,chart,command,digest,evidence,flows,import,incident,learning,message,model,playbook,postmortem,redaction,runbook,suggestion}";
const here = import.meta.dirname;

for (const file of globSync(`${folders}/**/*.test.ts`, { cwd: here }).toSorted())
  await import(join(here, file));
