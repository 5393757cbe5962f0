/** A postmortem as a value: sections of sentences, each of which says where it is from; and the Markdown of each. */

import { codeBlock, linkTo, literal } from "./markdown.ts";

/** In the order in which they are written where no template says otherwise. */
export const sectionNames = [
  "summary",
  "impact",
  "timeline",
  "factors",
  "helped",
  "misled",
  "dead-ends",
  "detection",
  "actions",
  "went-well",
  "lessons",
  "queries",
] as const;
export type SectionName = (typeof sectionNames)[number];

export type Source =
  /** A message, a page of evidence, a change, an alert: `words` say which. */
  | { readonly kind: "link"; readonly words: string; readonly url: string }
  /** Something without a page of its own, by what it is called where it is from: "change 3f2a91c". */
  | { readonly kind: "name"; readonly words: string }
  /** What was asked of a metrics server; `of` names the series. */
  | { readonly kind: "query"; readonly of: string; readonly query: string }
  /** Entries of the incident's timeline, from 1. */
  | { readonly kind: "timeline"; readonly first: number; readonly last: number };

/** `text` is Markdown in which whatever came from outside is escaped. */
export interface Sentence {
  readonly text: string;
  readonly sources: readonly Source[];
  /** Nothing that can be looked up says so. */
  readonly isUnverified?: boolean;
}

export type Section =
  | {
      readonly kind: "told";
      readonly name: SectionName;
      readonly title: string;
      readonly style: "text" | "list" | "tasks";
      /** How the section is to be read; tells nothing of the incident. */
      readonly intro?: string;
      readonly sentences: readonly Sentence[];
    }
  /** Nothing is told in it: `prompt` says what people may write. */
  | {
      readonly kind: "for-people";
      readonly name: SectionName;
      readonly title: string;
      readonly prompt: string;
    };

export interface PostmortemDocument {
  /** One line of Markdown each. */
  readonly title: string;
  readonly facts: Readonly<Record<FactName, string>>;
  readonly sections: readonly Section[];
  /** Only addresses on these become links. */
  readonly hosts: readonly string[];
}

/** What a template may say in a word or two. */
export const factNames = [
  "incident",
  "date",
  "severity",
  "status",
  "service",
  "lead",
  "duration",
  "drafted",
] as const;
export type FactName = (typeof factNames)[number];

export interface RenderedSection {
  readonly name: SectionName;
  readonly title: string;
  readonly markdown: string;
}

type Query = Extract<Source, { kind: "query" }>;

/** With the queries, numbered in the order of their first mention, as the last. */
export function renderSections({
  sections,
  hosts,
}: Pick<PostmortemDocument, "sections" | "hosts">): readonly RenderedSection[] {
  const queries = queriesOf(sections);
  const rendered = sections.map((section) => ({
    name: section.name,
    title: section.title,
    markdown:
      section.kind === "told"
        ? told(section, { queries, hosts })
        : `${promptMark}\n_${section.prompt}_`,
  }));
  if (queries.length === 0) return rendered;
  const markdown = queries.map(queryPart).join("\n\n");
  return [...rendered, { name: "queries", title: "Queries", markdown }];
}

/** The heading below which records of action items are put. */
export const actionsTitle = "Action items";

/** Marks what nobody has written yet. */
export const promptMark = "<!-- for people to write -->";

function queriesOf(sections: readonly Section[]): readonly Query[] {
  const all = sections
    .flatMap((section) => (section.kind === "told" ? section.sentences : []))
    .flatMap(({ sources }) => sources)
    .filter((source): source is Query => source.kind === "query");
  return [...new Map(all.map((query) => [query.query, query])).values()];
}

function queryPart({ of, query }: Query, index: number): string {
  return `**Query ${index + 1}**: ${literal(of)}\n\n${codeBlock(query)}`;
}

interface Rendering {
  readonly queries: readonly Query[];
  readonly hosts: readonly string[];
}

const leads = { text: "", list: "- ", tasks: "- [ ] " } as const;

function told(
  { style, intro, sentences }: Extract<Section, { kind: "told" }>,
  rendering: Rendering,
): string {
  const lines = sentences.map((sentence) => `${leads[style]}${sentenceLine(sentence, rendering)}`);
  const text = lines.join(style === "text" ? "\n\n" : "\n");
  return intro === undefined ? text : `_${intro}_\n\n${text}`;
}

/** The sentence, and in brackets where it is from. */
function sentenceLine({ text, sources, isUnverified }: Sentence, rendering: Rendering): string {
  const from = [
    ...(isUnverified === true ? ["unverified"] : []),
    ...new Set(sources.flatMap((source) => sourceWords(source, rendering))),
    ...timelineWords(sources),
  ];
  return `${text} (${from.join(", ")})`;
}

function sourceWords(source: Source, { queries, hosts }: Rendering): readonly string[] {
  switch (source.kind) {
    case "link":
      return [linkTo(source.words, source.url, hosts)];
    case "name":
      return [source.words];
    case "query":
      return [`query ${queries.findIndex(({ query }) => query === source.query) + 1}`];
    case "timeline":
      return [];
  }
}

type Range = Pick<Extract<Source, { kind: "timeline" }>, "first" | "last">;

/** Of two equal ones neither is within the other. */
function isWithin(a: Range, b: Range): boolean {
  return b.first <= a.first && a.last <= b.last && b.last - b.first > a.last - a.first;
}

/** "timeline 1, 5, 6", "timeline 1 to 24" */
function timelineWords(sources: readonly Source[]): readonly string[] {
  const ranges = sources
    .flatMap((source) => (source.kind === "timeline" ? [source] : []))
    .filter((range, _at, all) => !all.some((other) => isWithin(range, other)))
    .toSorted((a, b) => a.first - b.first)
    .map(({ first, last }) => (first === last ? String(first) : `${first} to ${last}`));
  return ranges.length === 0 ? [] : [`timeline ${[...new Set(ranges)].join(", ")}`];
}
