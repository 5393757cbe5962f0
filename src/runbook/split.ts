/** Blocks of a page into steps: orders and commands, each with how to undo it where the page says so (DESIGN §7). */

import type { Block } from "./block.ts";
import { commandIn, commandsOf, type CodeLanguage } from "./commands.ts";
import { allowedIn, endsSection, isForbiddingHeading, opensForbidding } from "./forbidden.ts";
import { aside, expectWords, minutesIn, sentence } from "./phrases.ts";
import { partedAtUndo, undoHeading, undoIn, undoWords } from "./undo.ts";
import { firstSentence, titleOf } from "./title.ts";
import { orderIn } from "./verbs.ts";

export interface RunbookStep {
  /** As the page words it, at most 90 characters. */
  readonly title: string;
  /** The headings above it, outermost first. */
  readonly section: readonly string[];
  /** Verbatim; null: the step is a sentence. */
  readonly command: string | null;
  readonly language: CodeLanguage;
  /** Verbatim, a command or a sentence; null: the page names none. */
  readonly undo: string | null;
  /** What the page says that is to be seen afterwards. */
  readonly expect: string | null;
  /** How long it takes, where the page says so. */
  readonly minutes: number | null;
}

interface Draft {
  /** As the page has it, with what stands in backticks. */
  readonly text: string;
  readonly section: readonly string[];
  /** −1: of a heading or a paragraph, not of an item. */
  readonly indent: number;
  /** Of the heading that it is; null: it is none. */
  readonly level: number | null;
  commands: string[];
  language: CodeLanguage;
  undo: string | null;
  expect: string | null;
  minutes: number | null;
}

interface Splitting {
  readonly drafts: Draft[];
  headings: { readonly level: number; readonly text: string; isForbidding: boolean }[];
  /** What following code and sentences belong to. */
  open: Draft | null;
  /** The next code says how to undo this. */
  undoing: Draft | null;
  /** Under a heading that says how to undo what came before. */
  isUndoSection: boolean;
  /** What forbids that which follows: deeper than its indent, and the list behind it where it leads in to one. */
  forbidding: { readonly indent: number; readonly isOfList: boolean } | null;
  /** Steps that the page forbids. */
  leftOut: number;
}

export interface Split {
  readonly steps: readonly RunbookStep[];
  /** How many are there that the page says not to do. */
  readonly forbidden: number;
}

/** In the page's order; what is neither an order nor a command is none. */
export function stepsIn(blocks: readonly Block[]): Split {
  const splitting: Splitting = {
    drafts: [],
    headings: [],
    open: null,
    undoing: null,
    isUndoSection: false,
    forbidding: null,
    leftOut: 0,
  };
  for (const block of blocks) {
    if (block.kind === "heading") onHeading(splitting, block);
    else if (block.kind === "code") onCode(splitting, block);
    else onWords(splitting, block);
  }
  const steps = splitting.drafts.filter(isStep);
  return {
    steps: steps.filter((draft) => !isOnlyHeading(draft, steps)).map(finished),
    forbidden: splitting.leftOut,
  };
}

/** What a page asks of its reader's browser. */
const ofBrowser = /\b(?:enable|turn on|activate|allow) (?:java ?script|cookies)\b/i;

function isStep({ text, commands }: Draft): boolean {
  return commands.length > 0 || (orderIn(firstSentence(text)) !== null && !ofBrowser.test(text));
}

/** The page's own title, or a heading whose steps stand below it. */
function isOnlyHeading(draft: Draft, all: readonly Draft[]): boolean {
  const { text, section, level, commands } = draft;
  if (level === null || commands.length > 0) return false;
  const own = section.length - 1;
  return level === 1 || all.some((other) => other !== draft && other.section[own] === text);
}

function finished(draft: Draft): RunbookStep {
  const { section, language, undo, expect, minutes, commands } = draft;
  const command = commands.length === 0 ? null : commands.join("\n");
  return { title: titleOf(draft, command), section, command, language, undo, expect, minutes };
}

function onHeading(
  splitting: Splitting,
  { level, text }: Extract<Block, { kind: "heading" }>,
): void {
  splitting.headings = [
    ...splitting.headings.filter((heading) => heading.level < level),
    { level, text, isForbidding: isForbiddingHeading(text) },
  ];
  splitting.forbidding = null;
  splitting.isUndoSection = undoHeading.test(text);
  splitting.undoing = splitting.isUndoSection ? (lastOf(splitting) ?? null) : null;
  splitting.open = null;
  if (isForbidden(splitting)) return;
  const isOrder = orderIn(text) !== null && !isAside(splitting);
  if (!splitting.isUndoSection && isOrder) begin(splitting, { text, indent: -1, level });
}

function isForbidden({ headings, forbidding }: Splitting): boolean {
  return forbidding !== null || headings.some((heading) => heading.isForbidding);
}

function isAside({ headings }: Splitting): boolean {
  return headings.some(({ text }) => aside.test(text));
}

function lastOf({ drafts }: Splitting): Draft | undefined {
  return drafts.findLast(isStep);
}

type Words = Extract<Block, { kind: "item" | "text" }>;

function onWords(splitting: Splitting, block: Words): void {
  const { kind, indent, text } = block;
  const { open } = splitting;
  const isNested =
    open !== null &&
    (kind === "text" ? indent > open.indent : indent > open.indent && open.indent >= 0);
  if (open !== null && isNested && expectWords.test(text)) {
    open.expect ??= sentence(text.replace(expectWords, ""));
    return;
  }
  const told = allowedOf(splitting, block);
  if (told === "") return;
  if (splitting.isUndoSection || undoWords.test(told)) return onUndo(splitting, told, open);
  const { order, undo } = partedAtUndo(told);
  onOrder(splitting, { ...block, text: order }, isNested);
  if (undo === "" || isAside(splitting)) return;
  onUndo(splitting, undo, splitting.open);
  if (!undo.endsWith(":")) splitting.undoing = null;
}

function onOrder(splitting: Splitting, { kind, indent, text }: Words, isNested: boolean): void {
  const { open } = splitting;
  splitting.undoing = null;
  if (open !== null && isNested && (kind === "item" || open.indent >= 0)) return addTo(open, text);
  if (isAside(splitting)) return;
  begin(splitting, { text, indent: kind === "item" ? indent : -1, level: null });
}

/** "" where all of it is forbidden, by itself or by what stands above. */
function allowedOf(splitting: Splitting, { kind, indent, text }: Words): string {
  const { forbidding, headings } = splitting;
  const isBelow =
    forbidding !== null &&
    (indent > forbidding.indent ||
      (kind === "item" && forbidding.isOfList && indent === forbidding.indent));
  if (!isBelow) splitting.forbidding = null;
  const within = headings.at(-1);
  if (within !== undefined && endsSection(text)) within.isForbidding = true;
  if (isForbidden(splitting)) {
    const isStepAtAll = commandIn(text) !== null || orderIn(firstSentence(text)) !== null;
    if (isStepAtAll && !isAside(splitting)) splitting.leftOut += 1;
    return "";
  }
  const allowed = allowedIn(text);
  if (!isAside(splitting)) splitting.leftOut += allowed.leftOut;
  if (allowed.isLeadIn)
    splitting.forbidding = { indent, isOfList: kind === "text" && text.endsWith(":") };
  return allowed.text;
}

/** What undoes it, in words or in the code that follows. */
function onUndo(splitting: Splitting, text: string, open: Draft | null): void {
  const of = splitting.undoing ?? open ?? lastOf(splitting) ?? null;
  splitting.undoing = of;
  if (of === null) return;
  const { command, words } = undoIn(text);
  if (command !== null) of.undo = joined(of.undo, command);
  else if (words !== null) of.undo ??= words;
}

function addTo(draft: Draft, text: string): void {
  const command = commandIn(text);
  if (command !== null) draft.commands.push(command);
  draft.minutes ??= minutesIn(text);
}

function begin(splitting: Splitting, told: Pick<Draft, "text" | "indent" | "level">): void {
  const command = commandIn(told.text);
  const draft: Draft = {
    ...told,
    section: splitting.headings.map((heading) => heading.text),
    commands: command === null ? [] : [command],
    language: "shell",
    undo: null,
    expect: null,
    minutes: minutesIn(told.text),
  };
  splitting.drafts.push(draft);
  splitting.open = draft;
}

function onCode(splitting: Splitting, { text, language }: Extract<Block, { kind: "code" }>): void {
  const commands = commandsOf(text, language);
  if (commands === null) return;
  if (isForbidden(splitting) || opensForbidding(commands.text)) {
    if (!isAside(splitting)) splitting.leftOut += 1;
    return;
  }
  const { undoing } = splitting;
  if (undoing !== null) {
    undoing.undo = joined(undoing.undo, commands.text);
    return;
  }
  if (splitting.isUndoSection || isAside(splitting)) return;
  if (splitting.open === null) {
    begin(splitting, { text: "", indent: -1, level: null });
  }
  const { open } = splitting;
  if (open === null) return;
  if (open.commands.length === 0) open.language = commands.language;
  open.commands.push(commands.text);
}

function joined(before: string | null, more: string): string {
  return before === null ? more : `${before}\n${more}`;
}
