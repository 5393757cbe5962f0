/** A team's own postmortem: Markdown in which placeholders stand for what is drafted. */

import { nearest } from "../message/nearest.ts";
import {
  factNames,
  renderSections,
  sectionNames,
  type FactName,
  type PostmortemDocument,
  type SectionName,
} from "./document.ts";

type Placeholder = "title" | FactName | SectionName;

const placeholders: readonly Placeholder[] = ["title", ...factNames, ...sectionNames];

type Part =
  | { readonly kind: "text"; readonly text: string }
  /** `isLeftOut`: written with a minus, so that nothing stands there and it is not appended. */
  | { readonly kind: "placeholder"; readonly name: Placeholder; readonly isLeftOut: boolean };

export interface Template {
  readonly parts: readonly Part[];
}

export type ParsedTemplate =
  | { readonly ok: true; readonly template: Template }
  | {
      readonly ok: false;
      readonly problems: readonly { readonly line: number; readonly mend: string }[];
    };

const mark = /\{\{([^{}\n]*)\}\}/g;

/** Each placeholder that is none is a problem of its own; lines count from 1. */
export function parseTemplate(text: string): ParsedTemplate {
  const parts: Part[] = [];
  const problems: { line: number; mend: string }[] = [];
  let end = 0;
  for (const found of text.matchAll(mark)) {
    parts.push({ kind: "text", text: text.slice(end, found.index) });
    end = found.index + found[0].length;
    const written = (found[1] ?? "").trim().toLowerCase().replaceAll("_", "-");
    const isLeftOut = written.startsWith("-");
    const word = written.replace(/^-\s*/, "");
    const name = placeholders.find((each) => each === word);
    if (name !== undefined) parts.push({ kind: "placeholder", name, isLeftOut });
    else
      problems.push({
        line: text.slice(0, found.index).split("\n").length,
        mend: `${found[0].slice(0, 60)} is no placeholder. ${meant(word)}`,
      });
  }
  parts.push({ kind: "text", text: text.slice(end) });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, template: { parts } };
}

function meant(word: string): string {
  const near = nearest([...placeholders], (each) => ({ typed: word, meant: each }));
  return near === null
    ? `There are: ${placeholders.map((each) => `{{${each}}}`).join(", ")}.`
    : `The nearest is {{${near}}}.`;
}

const head: readonly Part[] = [
  { kind: "text", text: "# " },
  { kind: "placeholder", name: "title", isLeftOut: false },
  { kind: "text", text: "\n\n_Drafted by Hindsight on " },
  { kind: "placeholder", name: "drafted", isLeftOut: false },
  {
    kind: "text",
    text: ". Times are UTC. Behind each sentence stands what it rests on: a message, a series, a change, a query of the last section, or an entry of the incident's timeline by its number._\n",
  },
];

/** Where the team has no template: every section under its usual heading. */
export const usualTemplate: Template = { parts: head };

/** What the template does not mention is appended under its usual heading, so that nothing is lost. */
export function fillTemplate({ parts }: Template, document: PostmortemDocument): string {
  const sections = renderSections(document);
  const bodies = new Map<string, string>(sections.map(({ name, markdown }) => [name, markdown]));
  const words: ReadonlyMap<string, string> = new Map([
    ["title", document.title],
    ...Object.entries(document.facts),
    ...bodies,
  ]);
  const mentioned = new Set(parts.flatMap((part) => (part.kind === "text" ? [] : [part.name])));
  const filled = parts.map((part) => {
    if (part.kind === "text") return part.text;
    return part.isLeftOut ? "" : (words.get(part.name) ?? "");
  });
  const rest = sections
    .filter(({ name }) => !mentioned.has(name))
    .map(({ title, markdown }) => `## ${title}\n\n${markdown}\n`);
  const own = filled.join("").trimEnd();
  return [`${own}\n`, ...rest].join("\n");
}
