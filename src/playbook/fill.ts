/** Fills a step's words with what is known of the service and the incident; invents nothing. */

import type { Platform, Runtime } from "../catalog/catalog.ts";
import type { Placeholder } from "./placeholder.ts";
import { isPlaceholder, placeholderPattern, placeholders } from "./placeholder.ts";
import { insertIntoShell } from "./shell.ts";
import type { Step, Way } from "./step.ts";

export interface FillFacts {
  readonly runtime: Runtime;
  readonly platform: Platform;
  /** Only what the catalog or the evidence knows; a missing or empty value stays a gap. */
  readonly values: Readonly<Partial<Record<Placeholder, string | undefined>>>;
}

export interface FilledStep {
  readonly title: string;
  readonly question: string;
  /** Absent where no way fits the runtime and the platform. isFilled: every gap of the command and its undo is closed. */
  readonly how?: { readonly command: string; readonly undo?: string; readonly isFilled: boolean };
  /** Both outcomes, as sentences. */
  readonly expect: string;
  readonly tellsApart?: string;
}

/** A value longer than this is not shown; in characters. */
const valueMax = 200;

export function fillIn(step: Step, facts: FillFacts): FilledStep {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(facts.values)) {
    if (value !== undefined && isShowable(value)) values.set(name, value);
  }
  const way = wayFor(step, facts);
  return {
    title: filledTitle(step, values),
    question: inProse(step.question, values),
    ...(way && {
      how: step.runbook === undefined ? filledWay(way, values) : verbatim(step, way, values),
    }),
    expect: inProse(`${step.expect.ifSo} ${step.expect.ifNot}`.trim(), values),
    ...(step.tellsApart !== undefined && { tellsApart: inProse(step.tellsApart, values) }),
  };
}

/**
 * The most specific way that fits: one that names the runtime and the platform before one that names the runtime,
 * before one that names the platform, before one for all; of equals the first. An unknown ("other") fits only the last.
 */
function wayFor(step: Step, facts: Pick<FillFacts, "runtime" | "platform">): Way | undefined {
  return step.ways
    .filter(
      (way) =>
        (way.runtimes?.includes(facts.runtime) ?? true) &&
        (way.platforms?.includes(facts.platform) ?? true),
    )
    .toSorted((a, b) => specificity(b) - specificity(a))[0];
}

function specificity(way: Way): number {
  return (way.runtimes === undefined ? 0 : 2) + (way.platforms === undefined ? 0 : 1);
}

function filledTitle(step: Step, values: ReadonlyMap<string, string>): string {
  let isFilled = true;
  const title = step.title.replaceAll(placeholderPattern, (hole, name: string) => {
    const value = values.get(name);
    isFilled &&= value !== undefined;
    return value ?? hole;
  });
  return isFilled ? title : step.plainTitle;
}

function inProse(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    placeholderPattern,
    (hole, name: string) =>
      values.get(name) ?? (isPlaceholder(name) ? placeholders[name].plain : hole),
  );
}

/** What people wrote in a runbook stays as it is, gaps of theirs too; the playbook's own way beside it is filled in. */
function verbatim(
  { runbook, id }: Step,
  way: Way,
  values: ReadonlyMap<string, string>,
): FilledStep["how"] & object {
  // The playbook's ids hold no colon.
  const isOwn = runbook !== undefined && (runbook.hasCommand || id.includes(":"));
  if (!isOwn) return filledWay(way, values);
  const { command, undo } = way;
  const isFilled = !/<[a-z][\w .-]{0,40}>/i.test(`${command}\n${undo ?? ""}`);
  return { command, ...(undo === undefined ? {} : { undo }), isFilled };
}

function filledWay(way: Way, values: ReadonlyMap<string, string>): FilledStep["how"] & object {
  const command = insertIntoShell(way.command, values);
  if (way.undo === undefined) return { command: command.text, isFilled: command.isFilled };
  const undo = insertIntoShell(way.undo, values);
  return {
    command: command.text,
    undo: undo.text,
    isFilled: command.isFilled && undo.isFilled,
  };
}

/** Nothing empty, overlong, or with control, formatting or line-breaking characters, which would show as something else. */
function isShowable(value: string): boolean {
  return value.trim() !== "" && value.length <= valueMax && !/[\p{C}\p{Zl}\p{Zp}]/u.test(value);
}
