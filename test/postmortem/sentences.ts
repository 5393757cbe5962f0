/** The sentences of a document, for the tests that hold that each says where it is from. */

import type { PostmortemDocument, Sentence } from "../../src/postmortem/document.ts";

export function sentencesOf({ sections }: PostmortemDocument): readonly Sentence[] {
  return sections.flatMap((section) => (section.kind === "told" ? section.sentences : []));
}

/** Those that name neither a source nor that there is none. */
export function unsourced(document: PostmortemDocument): readonly string[] {
  return sentencesOf(document)
    .filter(({ sources, isUnverified }) => sources.length === 0 && isUnverified !== true)
    .map(({ text }) => text);
}
