/** What a hook's payload holds, changes, alerts and news of incidents, or the first thing about it that is wrong. */

import { createHash } from "node:crypto";
import { z } from "zod";
import type { Delivery } from "../../alert/alert.ts";
import type { IncidentNews } from "../../incident/news.ts";
import type { ChangeEvent } from "../../evidence/change-event.ts";

export type Parsed =
  | {
      readonly ok: true;
      readonly events?: readonly ChangeEvent[];
      /** One a group. */
      readonly deliveries?: readonly Delivery[];
      readonly news?: readonly IncidentNews[];
      /** How many events these are, where not each is one. */
      readonly accepted?: number;
      /** The repository, "owner/name", that commits were pushed to. */
      readonly pushed?: string;
      /** What whoever runs us should hear of it, with the mend, though all that could be read was taken. */
      readonly note?: string;
      /** An issue that was closed, opened again, changed or deleted. */
      readonly issue?: IssueNews;
    }
  /** Names the field, never its value. */
  | { readonly ok: false; readonly said: string };

export interface IssueNews {
  /** "owner/name" */
  readonly repo: string;
  readonly number: string;
  /** What makes this news another than that of the same issue before. */
  readonly what: string;
}

const titleMax = 500;
export const linkMax = 2_000;
/** Of a payload so many alerts are kept, the first; the rest is counted. */
export const alertsMax = 1_000;
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

/** Unix seconds; null for what senders write where there is no time yet, the year 1 or 1970. */
export const maybeSeconds = z.iso
  .datetime({ offset: true })
  .nullish()
  .transform((text) => {
    const seconds = Date.parse(text ?? "") / 1000;
    return seconds > 0 ? seconds : null;
  });

export const seconds = time.transform((at) => at.getTime() / 1000);

const labelsMax = 64;
const labelMax = 200;

/** As many as are looked at; what is no text is no label. */
export const labels = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all ?? {})
        .flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []))
        .slice(0, labelsMax)
        .map(([name, value]) => [name.slice(0, labelMax), value.slice(0, labelMax)]),
    ),
  );

/** The first address of the web; null where there is none. */
export function firstLink(...links: readonly (string | null | undefined)[]): string | null {
  return links.find(isLink) ?? null;
}

function isLink(text: string | null | undefined): boolean {
  const isShort = typeof text === "string" && text.length <= linkMax;
  return isShort && /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** The parts as one id; where names are so long that no index would hold it, a digest of them. */
export function idOf(parts: readonly string[]): string {
  const id = parts.join(":");
  return id.length <= idMax ? id : createHash("sha256").update(id).digest("hex");
}

/** "[2].at: is no time; write it like 2026-11-22T09:00:00Z" */
export function firstFault({ issues }: z.ZodError): string {
  const [issue] = issues;
  const path = (issue?.path ?? [])
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
  return `${path === "" ? "the body" : path}: ${issue === undefined ? "is not valid" : mend(issue)}`;
}

/** What is wrong and what to send instead; our own words where the schema has them. */
function mend(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type": {
      const wanted = typeWords[issue.expected] ?? `a ${issue.expected}`;
      const isMissing = issue.message.endsWith("received undefined");
      return isMissing ? `is missing; send ${wanted}` : `is of another type; send ${wanted}`;
    }
    case "invalid_value":
      return `is none that is known; send one of ${issue.values.join(", ")}`;
    case "invalid_format":
      return issue.format === "datetime"
        ? "is no time; write it like 2026-11-22T09:00:00Z"
        : issue.message;
    case "too_small":
      return `is too small or short; the least is ${issue.minimum}`;
    case "too_big":
      return `is too large or long; the most is ${issue.maximum}`;
    case "not_multiple_of":
    case "unrecognized_keys":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return issue.message;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: "a text",
  array: "a list",
  object: "an object",
  record: "an object of names and values",
  int: "a whole number",
};
