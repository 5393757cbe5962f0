/** Which page a path asks for. */

import { diagnose } from "../../evidence/diagnose.ts";
import type { EvidenceInput } from "../../evidence/input.ts";
import type { Chart } from "../../chart/chart.ts";
import { evidencePage } from "./evidence-page.ts";
import { stylesheet } from "./stylesheet.ts";

export interface Page {
  readonly type: "text/html" | "text/css";
  readonly body: string;
}

/** What was read for an incident, as it was stored. */
export interface StoredEvidence {
  /** "INC-42" */
  readonly incident: string;
  readonly title: string;
  readonly readAt: Date;
  readonly input: EvidenceInput;
}

/** null: there is no such page. */
export async function pageAt(
  path: string,
  evidence: (snapshot: string) => Promise<StoredEvidence | null>,
  draw: (chart: Chart) => Promise<string>,
): Promise<Page | null> {
  if (path === "/pages.css") return { type: "text/css", body: stylesheet };
  const snapshot = /^\/evidence\/([0-9a-f-]{36})$/.exec(path)?.[1];
  const stored = snapshot === undefined ? null : await evidence(snapshot);
  if (stored === null) return null;
  // The engine is pure: the same evidence gives the diagnosis that was posted.
  const diagnosis = diagnose(stored.input);
  return { type: "text/html", body: await evidencePage({ ...stored, diagnosis, draw }) };
}
