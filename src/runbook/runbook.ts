/** A page as a runbook: its title and its steps, or why it is none. */

import { commandCharsMax } from "../playbook/step.ts";
import { redact } from "../redaction/redact.ts";
import type { Block } from "./block.ts";
import { blocksOfHtml, pageTitle } from "./html.ts";
import { blocksOfMarkdown } from "./markdown.ts";
import type { Page } from "./page.ts";
import { stepsIn, type RunbookStep } from "./split.ts";

export interface Runbook {
  readonly title: string;
  /** Where people open it. */
  readonly link: string;
  readonly steps: readonly RunbookStep[];
  /** What was not taken over, in words. */
  readonly leftOut: readonly string[];
}

export type RunbookRead =
  | { readonly ok: true; readonly runbook: Runbook }
  /** A sentence fragment, with the mend. */
  | { readonly ok: false; readonly said: string };

const stepsMax = 40;
const titleMax = 80;

/** A link with a fragment means the section of that name, where there is one. */
export function runbookFrom({ text, format }: Page, link: string): RunbookRead {
  if (isBinary(text)) return { ok: false, said: "it is not text; link a page of Markdown or HTML" };
  const blocks = format === "html" ? blocksOfHtml(text) : blocksOfMarkdown(text);
  const { steps: all, forbidden } = stepsIn(sectionOf(blocks, link));
  if (format === "html" && isSignIn(text, all)) {
    const mend = "link a page that can be read without, or a file on GitHub";
    return { ok: false, said: `a page to sign in came instead; ${mend}` };
  }
  const whole = all.filter(isWhole);
  const steps = whole.filter(isSeen).map(withoutSecrets);
  if (all.length === 0 && forbidden > 0) {
    const mend = "link the page that stands in its place";
    return { ok: false, said: `what it tells is not to be done, or obsolete; ${mend}` };
  }
  if (all.length === 0 && format === "html" && needsScript(text)) {
    const mend = "link a page of text, or a file on GitHub";
    return { ok: false, said: `it is shown by JavaScript alone, which is not run; ${mend}` };
  }
  if (all.length === 0) {
    return {
      ok: false,
      said: "no step was found in it; write orders as list items, commands as code",
    };
  }
  return {
    ok: true,
    runbook: {
      title: titleOf(blocks, format === "html" ? pageTitle(text) : "", link),
      link,
      steps: steps.slice(0, stepsMax),
      leftOut: [
        ...longOnes(all.length - whole.length),
        ...unseenOnes(whole.length - steps.length),
        ...forbiddenOnes(forbidden),
        ...beyond(steps.length),
      ],
    },
  };
}

/** A command is shown whole or not at all. */
function isWhole({ command, undo }: RunbookStep): boolean {
  return (command?.length ?? 0) <= commandCharsMax && (undo?.length ?? 0) <= commandCharsMax;
}

/** What is not seen, turns the line around or stands for what could not be read makes another command of it. */
function isSeen({ command, undo }: RunbookStep): boolean {
  const told = `${command ?? ""}${undo ?? ""}`;
  return !/(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/u.test(told);
}

function unseenOnes(count: number): readonly string[] {
  const which = "with characters in the command that cannot be seen or read";
  return count === 0 ? [] : [`${counted(count)}, ${which}`];
}

function counted(count: number): string {
  return `${count} ${count === 1 ? "step" : "steps"}`;
}

function forbiddenOnes(count: number): readonly string[] {
  return count === 0 ? [] : [`${counted(count)} that it says not to do, or calls obsolete`];
}

function longOnes(count: number): readonly string[] {
  return count === 0
    ? []
    : [`${counted(count)}, with commands of more than ${commandCharsMax} characters`];
}

function beyond(count: number): readonly string[] {
  return count <= stepsMax
    ? []
    : [`${count - stepsMax} of ${count} steps: the limit is ${stepsMax}`];
}

function withoutSecrets(step: RunbookStep): RunbookStep {
  return {
    ...step,
    title: redact(step.title.replaceAll(/\p{Cf}/gu, "")),
    command: step.command === null ? null : redact(step.command),
    undo: step.undo === null ? null : redact(step.undo),
    expect: step.expect === null ? null : redact(step.expect),
  };
}

/** Text holds no zero byte, and few of what a decoder puts in place of what it cannot read. */
function isBinary(text: string): boolean {
  const head = text.slice(0, 20_000);
  const odd = head.match(/(?![\t\n\f\r])\p{Cc}|\uFFFD/gu)?.length ?? 0;
  return head.includes("\u0000") || odd > head.length / 50;
}

/** By its title only where it holds no command: a runbook may be about signing in. */
function isSignIn(page: string, steps: readonly RunbookStep[]): boolean {
  return (
    /<input\b[^<>]{0,300}type\s*=\s*["']?password/i.test(page) ||
    (steps.every(({ command }) => command === null) && signIn.test(pageTitle(page)))
  );
}

const signIn =
  /(?:^|[-–—|:·]\s*)(?:please )?(?:sign|log)[ -]?in(?:\s+(?:to|with)\b[^-–—|:·]{0,60}|\s+(?:page|required))?\s*(?:$|[-–—|:·])|single sign[ -]?on|\bauthentication required\b/i;

/** "You need to enable JavaScript to run this app." */
function needsScript(page: string): boolean {
  return /\b(?:enable|turn on|activate|requires?|without|needs?) java ?script\b/i.test(page);
}

function titleOf(blocks: readonly Block[], page: string, link: string): string {
  const heading = blocks.find((block) => block.kind === "heading" && block.level === 1);
  const told = heading?.kind === "heading" ? heading.text.replaceAll("`", "") : page;
  const name = told === "" ? nameIn(link) : told;
  const kept = name.replace(/^runbook\s*[:–—-]\s*/i, "");
  return kept.length <= titleMax ? kept : `${kept.slice(0, titleMax - 1).trimEnd()}…`;
}

/** "https://wiki.example.com/ops/checkout-rollback.md" → "checkout rollback" */
function nameIn(link: string): string {
  const { pathname, host } = new URL(link);
  const last = pathname.split("/").findLast((part) => part !== "") ?? host;
  return last.replace(/\.\w{1,8}$/, "").replaceAll(/%20|[-_+]+/g, " ");
}

function sectionOf(blocks: readonly Block[], link: string): readonly Block[] {
  const wanted = slugOf(decodedHash(link));
  const from = blocks.findIndex(
    (block) => wanted !== "" && block.kind === "heading" && isNamed(block.text, wanted),
  );
  const first = blocks[from];
  if (first?.kind !== "heading") return blocks;
  const rest = blocks.slice(from + 1);
  const to = rest.findIndex((block) => block.kind === "heading" && block.level <= first.level);
  return [first, ...(to < 0 ? rest : rest.slice(0, to))];
}

function isNamed(heading: string, wanted: string): boolean {
  const slug = slugOf(heading);
  return slug === wanted || `user-content-${slug}` === wanted;
}

function decodedHash(link: string): string {
  try {
    return decodeURIComponent(new URL(link).hash.slice(1));
  } catch {
    return "";
  }
}

/** As GitHub names a heading. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s+/g, "-");
}
