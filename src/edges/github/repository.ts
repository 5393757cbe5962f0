/** One repository as it is read: who asks, for whom, over which span; and what a part of the reading gave. */

import type { Service } from "../../catalog/catalog.ts";
import type { ChangeRecord } from "../../evidence/input.ts";
import type { Ask } from "./client.ts";

export interface Repository {
  readonly ask: Ask;
  readonly signal: AbortSignal;
  /** "owner/name" */
  readonly repo: string;
  readonly services: readonly Service[];
  readonly span: Span;
}

/** Unix seconds, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Part {
  readonly items: readonly ChangeRecord[];
  /** What was not read because of a limit. */
  readonly leftOut: readonly string[];
  /** Why something could not be read. */
  readonly failures: readonly string[];
}

export function isWithin(span: Span, at: number): boolean {
  return at >= span.from && at <= span.to;
}

export function partOf(parts: readonly Part[]): Part {
  return {
    items: parts.flatMap(({ items }) => items),
    leftOut: parts.flatMap(({ leftOut }) => leftOut),
    failures: [...new Set(parts.flatMap(({ failures }) => failures))],
  };
}

type Known = Pick<
  ChangeRecord,
  "service" | "author" | "files" | "diff" | "deploys" | "before" | "after" | "url"
>;

/** A record's optional fields without those that are not known. */
export function known(fields: { [Field in keyof Known]: Known[Field] | undefined }): Known {
  const { service, author, files, diff, deploys, before, after, url } = fields;
  return {
    ...(service === undefined ? {} : { service }),
    ...(author === undefined ? {} : { author }),
    ...(files === undefined ? {} : { files }),
    ...(diff === undefined ? {} : { diff }),
    ...(deploys === undefined ? {} : { deploys }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(url === undefined ? {} : { url }),
  };
}
