/** One line of `diagnose --stdio`: what it asks, or which field is wrong (contracts §3). */

import { z } from "zod";
import { diagnose } from "../../evidence/diagnose.ts";
import {
  changeOf,
  changeRow,
  firstFault,
  known,
  logOf,
  logRow,
  seriesOf,
  seriesRow,
  told,
} from "../../evidence/told-rows.ts";
import { readLine } from "./read-line.ts";
import type { Diagnosis } from "../../evidence/diagnosis.ts";
import type { EvidenceInput } from "../../evidence/input.ts";

type Parsed =
  | { readonly ok: true; readonly input: EvidenceInput }
  | { readonly ok: false; readonly error: string };

const request = z.object({
  onset: z.number(),
  end: told.time,
  environment: told.text,
  alert: z
    .object({ service: told.text, metric: told.text, kind: told.kind, text: told.text })
    .nullish(),
  series: z.array(seriesRow).nullish(),
  calls: z.array(z.tuple([z.string(), z.string()])).nullish(),
  changes: z.array(changeRow).nullish(),
  logs: z.array(logRow).nullish(),
});
type Request = z.infer<typeof request>;

/** What belongs to nobody: a name that no service has. */
const nobody = "(unnamed)";

/** The diagnosis, or `{ error }` that names the first offending field. `line` is null where it was too long to be kept. */
export function answerDiagnose(line: string | null): Diagnosis | { readonly error: string } {
  const parsed = parseDiagnose(line);
  if (!parsed.ok) return { error: parsed.error };
  return diagnose(parsed.input);
}

export function parseDiagnose(line: string | null): Parsed {
  const read = readLine(line);
  if (!read.ok) return read;
  const parsed = request.safeParse(read.value);
  if (!parsed.success) return { ok: false, error: firstFault(parsed.error, "line") };
  return { ok: true, input: inputOf(parsed.data) };
}

function inputOf({ onset, end, environment, alert, ...lists }: Request): EvidenceInput {
  const own = known({ ...alert });
  const home = own.service ?? nobody;
  return {
    onset,
    ...known({ end, environment }),
    ...(alert ? { alert: own } : {}),
    series: (lists.series ?? []).map((row) => seriesOf(row, home)),
    calls: lists.calls ?? [],
    changes: (lists.changes ?? []).map(changeOf),
    logs: (lists.logs ?? []).map((row) => logOf(row, home)),
  };
}
