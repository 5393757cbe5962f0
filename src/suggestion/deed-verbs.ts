/** The verbs of deeds in every form that tells of them as done, and where a clause has them. */

import { deedKinds, type DeedKind } from "../vocabulary.ts";
import { irregular, verbs } from "./deed-verb-list.ts";

/** "restart" → "restarted"; where there are two, both. */
function pastsOf(base: string): readonly string[] {
  const known = irregular[base];
  const byRule = pastByRule(base);
  return known === undefined ? byRule : [...known.split("|"), ...byRule];
}

/** "Putted" and "splitted" are written too. */
function pastByRule(base: string): readonly string[] {
  if (base.endsWith("e")) return [`${base}d`];
  if (/[^aeiou]y$/.test(base)) return [`${base.slice(0, -1)}ied`];
  return [isDoubling(base) ? `${base}${base.at(-1) ?? ""}ed` : `${base}ed`];
}

function gerundOf(base: string): string {
  if (/[^eoy]e$/.test(base)) return `${base.slice(0, -1)}ing`;
  return isDoubling(base) ? `${base}${base.at(-1) ?? ""}ing` : `${base}ing`;
}

/** One short vowel before the last consonant: "stopped", "rerouted" not. */
const isDoubling = (base: string) => /^(?:re-?)?[^aeiou]*[aeiou][bdgmnprt]$|^rerun$/.test(base);

interface Entry {
  readonly kinds: ReadonlySet<DeedKind>;
  /** "off" of "turned off"; "": none. */
  readonly particle: string;
}

function entriesBy(formsOf: (base: string) => readonly string[]): ReadonlyMap<string, Entry[]> {
  const byForm = new Map<string, Map<string, Set<DeedKind>>>();
  for (const kind of deedKinds) {
    for (const verb of verbs[kind].split("|").flatMap((each) => each.trim() || [])) {
      const [base = "", ...rest] = verb.split(" ");
      for (const form of formsOf(base)) {
        const byParticle = byForm.get(form) ?? new Map<string, Set<DeedKind>>();
        const particle = rest.join(" ");
        byForm.set(
          form,
          byParticle.set(particle, (byParticle.get(particle) ?? new Set()).add(kind)),
        );
      }
    }
  }
  return new Map(
    [...byForm].map(([form, byParticle]) => [
      form,
      [...byParticle].map(([particle, kinds]) => ({ particle, kinds })),
    ]),
  );
}

const byPast = entriesBy(pastsOf);
const bases = [...new Set(Object.values(verbs).flatMap((each) => each.split("|")))].map(
  (each) => each.trim().split(" ")[0] ?? "",
);
const pastByGerund = new Map(bases.map((base) => [gerundOf(base), pastsOf(base)[0] ?? base]));
const pastByBase = new Map(bases.map((base) => [base, pastsOf(base)[0] ?? base]));

/** Every form that is known. */
export const pastForms: readonly string[] = [...byPast.keys()];

/** "rolling" → "rolled"; of a verb that is not known by rule. */
export function pastOfGerund(gerund: string): string {
  return pastByGerund.get(gerund) ?? gerund.replace(/ing$/, "ed");
}

/** null: no verb that is known. */
export function pastOfBase(base: string): string | null {
  return pastByBase.get(base) ?? null;
}

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** A verb in the past, and what belongs to it, beside it or behind what it was done to. */
export interface VerbTold extends Place {
  readonly kinds: ReadonlySet<DeedKind>;
  readonly apart: Place | null;
}

/** How many characters further a verb's "off" or "back" is looked for. */
const apartCharsMax = 60;
/** "Took the node out", but not "checked the queue on". */
const separable = /^(?:back|off|out|up|down|aside|away|over|on (?:hold|ice)|to sleep)$/;
/** With one of these beside it, "rolled" is another verb. */
const turning = /^ (?:back|off|out|up|down|over|forward|away)(?![\w-]| cpu)/;
const turned = /^(?:turn|switch|flipp|toggl)ed on(?![\w-])/;

/** "The read pool" and "the failed pods" tell of no deed. */
const named = /(?:^|\s)(?:the|an?|our|their|its|this|that|these|those|any|no|every|each) $/;

/** "Read latency", "set size". */
const naming =
  /^(?:read|set|cut|put) (?:latenc|replica|path|pool|timeout|traffic|endpoint|iops|throughput|model|only|size|off)/;

export function verbsIn(clause: string): readonly VerbTold[] {
  return [...clause.matchAll(/[a-z\d][a-z\d'-]*/g)].flatMap(({ 0: word, index }) => {
    if (named.test(clause.slice(0, index)) || naming.test(clause.slice(index))) return [];
    const entries = byPast.get(word) ?? byPast.get(word.replace(/^.+-/, ""));
    return entries === undefined ? [] : verbAt(clause, { word, index }, entries);
  });
}

function verbAt(
  clause: string,
  { word, index: from }: { readonly word: string; readonly index: number },
  entries: readonly Entry[],
): readonly VerbTold[] {
  const end = from + word.length;
  const rest = clause.slice(end, end + apartCharsMax);
  const found = entries.flatMap(({ kinds, particle }): VerbTold[] => {
    if (particle === "") return [];
    if (isWordAt(rest, 1, particle))
      return [{ kinds, from, to: end + 1 + particle.length, apart: null }];
    const at = rest.indexOf(` ${particle}`) + 1;
    if (at === 0 || !separable.test(particle) || !isWordAt(rest, at, particle)) return [];
    return [{ kinds, from, to: end, apart: { from: end + at, to: end + at + particle.length } }];
  });
  const isTurned =
    turning.test(rest) ||
    turned.test(clause.slice(from)) ||
    found.some(({ apart }) => apart !== null);
  const plain = entries.find(({ particle }) => particle === "");
  return plain === undefined || isTurned
    ? found
    : [{ kinds: plain.kinds, from, to: end, apart: null }, ...found];
}

function isWordAt(text: string, at: number, word: string): boolean {
  return text.startsWith(word, at) && !/^[\w-]/.test(text.slice(at + word.length));
}
