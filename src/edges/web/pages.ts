/** Which page a path asks for. */

import { diagnose } from "../../evidence/diagnose.ts";
import type { EvidenceInput } from "../../evidence/input.ts";
import type { Picture } from "../../chart/picture.ts";
import { digestPage, type StoredDigest } from "./digest-page.ts";
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
  stored: {
    readonly evidence: (snapshot: string) => Promise<StoredEvidence | null>;
    readonly digest: (id: string) => Promise<StoredDigest | null>;
  },
  draw: (picture: Picture) => Promise<string>,
): Promise<Page | null> {
  if (path === "/pages.css") return { type: "text/css", body: stylesheet };
  const [, kind, id = ""] = /^\/(evidence|digest)\/([0-9a-f-]{36})$/.exec(path) ?? [];
  if (kind === "digest") {
    const digest = await stored.digest(id);
    return digest === null ? null : { type: "text/html", body: await digestPage(digest, draw) };
  }
  const read = kind === "evidence" ? await stored.evidence(id) : null;
  if (read === null) return null;
  // The engine is pure: the same evidence gives the diagnosis that was posted.
  const diagnosis = diagnose(read.input);
  return { type: "text/html", body: await evidencePage({ ...read, diagnosis, draw }) };
}
