/** Blocks of a page into steps: orders and commands, each with how to undo it where the page says so (DESIGN §7). */

import type { Block } from "./block.ts";
import { commandIn, commandsOf, type CodeLanguage } from "./commands.ts";
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

const sentenceMax = 400;
const minutesMax = 240;

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
  headings: { readonly level: number; readonly text: string }[];
  /** What following code and sentences belong to. */
  open: Draft | null;
  /** The next code says how to undo this. */
  undoing: Draft | null;
  /** Under a heading that says how to undo what came before. */
  isUndoSection: boolean;
}

/** In the page's order; what is neither an order nor a command is none. */
export function stepsIn(blocks: readonly Block[]): readonly RunbookStep[] {
  const splitting: Splitting = {
    drafts: [],
    headings: [],
    open: null,
    undoing: null,
    isUndoSection: false,
  };
  for (const block of blocks) {
    if (block.kind === "heading") onHeading(splitting, block);
    else if (block.kind === "code") onCode(splitting, block);
    else onWords(splitting, block);
  }
  const steps = splitting.drafts.filter(isStep);
  return steps.filter((draft) => !isOnlyHeading(draft, steps)).map(finished);
}

function isStep({ text, commands }: Draft): boolean {
  return commands.length > 0 || orderIn(firstSentence(text)) !== null;
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

const undoHeading =
  /^(?:how to )?(?:undo(?:ing)?|back(?:ing)? ?out|inverse|roll ?back plan|revert(?:ing)? (?:this|it|the change)|roll(?:ing)? ?back (?:this|the change))\b/i;
const undoWords =
  /^(?:(?:to |how to )?(?:undo|revert|roll ?back|back ?out|inverse)(?: (?:this|it|again|the change|with|by|plan))*\s*[:,–—-]|to (?:undo|revert|roll ?back|back ?out)\b)/i;
const expectWords =
  /^(?:expect(?:ed)?(?: (?:result|output|outcome))?\b|you should see\b|(?:what )?to (?:see|expect)\b|after(?:wards| that)?,? you should\b|success\b)\s*[:,–—-]?\s*/i;
/** Sections that say who and where, not what to do. */
const aside =
  /^(?:\d{1,2}[.)]\s*)?(?:when to\b|meaning|impact|symptoms?|communicat\w*|notif\w*|post-?incident|table of contents|metrics|contacts?|owners?|escalat\w*|links?|references?|background|overview|about|history|related|see also|changelog|prerequisites?|after(?:wards| the incident)|follow[- ]?ups?|post-?mortems?)\b/i;

function onHeading(
  splitting: Splitting,
  { level, text }: Extract<Block, { kind: "heading" }>,
): void {
  splitting.headings = [
    ...splitting.headings.filter((heading) => heading.level < level),
    { level, text },
  ];
  splitting.isUndoSection = undoHeading.test(text);
  splitting.undoing = splitting.isUndoSection ? (lastOf(splitting) ?? null) : null;
  splitting.open = null;
  const isOrder = orderIn(text) !== null && !isAside(splitting);
  if (!splitting.isUndoSection && isOrder) begin(splitting, { text, indent: -1, level });
}

function isAside({ headings }: Splitting): boolean {
  return headings.some(({ text }) => aside.test(text));
}

function lastOf({ drafts }: Splitting): Draft | undefined {
  return drafts.findLast(isStep);
}

function onWords(
  splitting: Splitting,
  { kind, indent, text }: Extract<Block, { kind: "item" | "text" }>,
): void {
  const { open } = splitting;
  const isNested =
    open !== null &&
    (kind === "text" ? indent > open.indent : indent > open.indent && open.indent >= 0);
  if (splitting.isUndoSection || undoWords.test(text)) return onUndo(splitting, text, open);
  if (open !== null && isNested && expectWords.test(text)) {
    open.expect ??= sentence(text.replace(expectWords, ""));
    return;
  }
  splitting.undoing = null;
  if (open !== null && isNested && (kind === "item" || open.indent >= 0)) return addTo(open, text);
  if (isAside(splitting)) return;
  begin(splitting, { text, indent: kind === "item" ? indent : -1, level: null });
}

/** What undoes it, in words or in the code that follows. */
function onUndo(splitting: Splitting, text: string, open: Draft | null): void {
  const of = splitting.undoing ?? open ?? lastOf(splitting) ?? null;
  splitting.undoing = of;
  if (of === null) return;
  const told = text.replace(/^[^:]{0,40}:\s*/, "");
  // Nothing but code behind the colon is a command, whatever its program.
  const [, code] = /^`([^`]+ [^`]+)`\.?$/.exec(told) ?? [];
  const command = commandIn(text) ?? code ?? null;
  const isBare = /^(?:(?:to |how to )?(?:undo|revert|roll ?back)[^:.`]{0,40}:?|.{0,60}:)$/i.test(
    text,
  );
  if (command !== null) of.undo = joined(of.undo, command);
  else if (!isBare) of.undo ??= capital(sentence(told));
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

function sentence(text: string): string {
  const told = text.replaceAll("`", "").trim().slice(0, sentenceMax);
  return /[.!?…]$/.test(told) || told === "" ? told : `${told}.`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function joined(before: string | null, more: string): string {
  return before === null ? more : `${before}\n${more}`;
}

function minutesIn(text: string): number | null {
  const [, count = ""] =
    /(?:\b(?:takes?|about|around|within|wait(?: for)?)\s{0,2}|[~(])(\d{1,3})\s?(?:min\b|minutes?\b)/i.exec(
      text,
    ) ?? [];
  const minutes = Number(count);
  return minutes >= 1 && minutes <= minutesMax ? minutes : null;
}
