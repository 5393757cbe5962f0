/** What a hook's payload holds, or the first thing about it that is wrong. */

import { createHash } from "node:crypto";
import { z } from "zod";
import type { ChangeEvent } from "../../evidence/change-event.ts";

export type Parsed =
  | { readonly ok: true; readonly events: readonly ChangeEvent[] }
  /** Names the field, never its value. */
  | { readonly ok: false; readonly said: string };

const titleMax = 500;
export const idMax = 200;

/** A text that is cut rather than refused; null and "" are not told. */
export const told = z
  .string()
  .nullish()
  .transform((text) => text?.trim().slice(0, titleMax) || null);

/** Times before 1970 are no deploys, and databases know fewer years than JSON. */
export const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((at) => at.getTime() >= 0, "is before 1970");

/** The parts as one id; where names are so long that no index would hold it, a digest of them. */
export function idOf(parts: readonly string[]): string {
  const id = parts.join(":");
  return id.length <= idMax ? id : createHash("sha256").update(id).digest("hex");
}

/** "[2].at: Invalid ISO datetime" */
export function firstFault({ issues }: z.ZodError): string {
  const [issue] = issues;
  const path = (issue?.path ?? [])
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
  return `${path === "" ? "the body" : path}: ${issue?.message ?? "is not valid"}`;
}
