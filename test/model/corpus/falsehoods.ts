/** False sentences: true ones with one thing made wrong, and claims that no evidence makes, by kind. */

import type { Case } from "./evidence.ts";
import { claims, type Claim } from "./false-claims.ts";
import { pick } from "./random.ts";
import type { Random } from "./saying.ts";
import type { Sentence } from "./truths.ts";

interface Falsehood extends Sentence {
  readonly kind: string;
}

/** What one half puts into its sentences. */
export interface Wrongs {
  readonly invented: readonly string[];
  readonly services: readonly string[];
  readonly factors: readonly number[];
  readonly opposites: readonly (readonly [string, string])[];
  readonly claims: readonly Claim[];
}

/** A sentence and the evidence that it is about. */
export type Told = Sentence & { readonly of: Case };

type Wrong = (truth: Sentence, of: Case, wrongs: Wrongs, random: Random) => Sentence | null;

const numbers =
  /(?<![\w.:#/-])\d[\d,]*(?:\.\d+)?(?![\w:./-]|\.\d)(?=\s?(?:ms|s\b|seconds|min|%|×|MiB|MB|GiB|GB|times|such|→|to\b|\.$|\)|,))/g;

const kinds: Readonly<Record<string, Wrong>> = {
  "citation of nothing": (truth, _, __, random) => ({
    ...truth,
    cites: [
      pick(
        ["metric:417", "change:0000000000", "log:88", "incident:9999", "finding:3", "checkout"],
        random,
      ),
    ],
  }),
  "no citation": (truth) => ({ ...truth, cites: [] }),
  "citation of something else": (truth, of, _, random) => {
    const others = [
      ...of.metrics
        .filter(
          ({ service, kind }) =>
            !truth.text.includes(service) && !truth.text.toLowerCase().includes(kind),
        )
        .map(({ cite }) => cite),
      ...(truth.cites.some((cite) => cite.startsWith("log:"))
        ? []
        : of.logs
            .filter(({ service }) => !truth.text.toLowerCase().includes(service))
            .map(({ cite }) => cite)),
    ].filter((cite) => !truth.cites.includes(cite));
    return others.length === 0 ? null : { ...truth, cites: [pick(others, random)] };
  },
  "number off": (truth, _, { factors }, random) => {
    const found = [
      ...truth.text
        .replaceAll(/"[^"]*"|“[^”]*”/g, (quote) => "_".repeat(quote.length))
        .matchAll(numbers),
    ];
    if (found.length === 0) return null;
    const { 0: told, index } = pick(found, random);
    const value = Number(told.replaceAll(",", ""));
    if (value === 0) return null;
    const wrong = value * pick(factors, random);
    const shown = wrong >= 1_000 ? String(Math.round(wrong)) : String(Number(wrong.toPrecision(2)));
    return {
      ...truth,
      text: `${truth.text.slice(0, index)}${shown}${truth.text.slice(index + told.length)}`,
    };
  },
  "clock off": (truth, _, __, random) => {
    const found = /\b(\d\d):(\d\d)\b/.exec(truth.text);
    if (found === null || truth.text.includes('"')) return null;
    const minutes =
      (Number(found[1]) * 60 + Number(found[2]) + pick([7, 12, 23, 48, 1_425], random)) % 1_440;
    const told = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
    return { ...truth, text: truth.text.replace(found[0], told) };
  },
  "known service swapped": (truth, of, _, random) => {
    const named = of.services.filter((service) =>
      new RegExp(`(?<![\\w-])${service}(?![\\w-])`, "i").test(truth.text),
    );
    const others = of.services.filter(
      (service) =>
        !named.includes(service) &&
        !truth.cites.some((cite) => of.known.items.get(cite)?.text.includes(service)),
    );
    const [one] = named;
    if (one === undefined || others.length === 0 || truth.text.includes('"')) return null;
    return {
      ...truth,
      text: truth.text.replaceAll(
        new RegExp(`(?<![\\w-])${one}(?![\\w-])`, "gi"),
        pick(others, random),
      ),
    };
  },
  "invented service": (truth, of, { services }, random) => {
    const one = of.services.find((service) => truth.text.includes(service));
    return one === undefined
      ? null
      : { ...truth, text: truth.text.replaceAll(one, pick(services, random)) };
  },
  "direction reversed": (truth, _, { opposites }) => {
    const pair = opposites.find(([a, b]) => new RegExp(`\\b(?:${a}|${b})\\b`).test(truth.text));
    if (pair === undefined) return null;
    const [a, b] = pair;
    return {
      ...truth,
      text: truth.text.replace(new RegExp(`\\b(?:${a}|${b})\\b`), (told) => (told === a ? b : a)),
    };
  },
  "quantile swapped": (truth) => {
    const found = /\bp(\d\d)\b/i.exec(truth.text);
    return found === null
      ? null
      : { ...truth, text: truth.text.replace(found[0], found[1] === "99" ? "p50" : "p99") };
  },
  "quote altered": (truth) => {
    const found = /["“]([^"”]{12,})["”]/.exec(truth.text)?.[1];
    if (found === undefined) return null;
    const words = found.split(" ");
    const at = words.findIndex((word) => /^[a-z]{4,}$/.test(word));
    if (at < 0) return null;
    return { ...truth, text: truth.text.replace(found, words.with(at, "never").join(" ")) };
  },
  "invented name": (truth, _, { invented }, random) => {
    const what = pick(invented, random);
    return { ...truth, text: `${truth.text.replace(/\.$/, "")}; ${what}.` };
  },
};

/** As many of each kind as there is room for, from first to last. */
export function falsehoods(
  truths: readonly Told[],
  wrongs: Wrongs,
  max: number,
  random: Random,
): readonly (Falsehood & Told)[] {
  const found: (Falsehood & Told)[] = [];
  const seen = new Set<string>();
  const names = [...new Set([...Object.keys(kinds), ...wrongs.claims.map(([kind]) => kind)])];
  // A kind that does not fit one truth fits another: so that each has its share.
  const make = (kind: string): (Falsehood & Told) | null => {
    for (let time = 0; time < triesMax; time += 1) {
      const truth = pick(truths, random);
      const made = madeFalse(kind, truth, wrongs, random);
      const key = made === null ? "" : `${made.text} ${made.cites.join(" ")}`;
      if (made === null || seen.has(key) || key === `${truth.text} ${truth.cites.join(" ")}`)
        continue;
      seen.add(key);
      return { text: made.text, cites: made.cites, kind, of: truth.of };
    }
    return null;
  };
  for (let at = 0; found.length < max && at < max * 5; at += 1) {
    const made = make(names[at % names.length] ?? "");
    if (made !== null) found.push(made);
  }
  return found;
}

const triesMax = 80;

function madeFalse(kind: string, truth: Told, wrongs: Wrongs, random: Random): Sentence | null {
  const claims = wrongs.claims.filter(([each]) => each === kind);
  const wrong = kinds[kind];
  return wrong !== undefined && (claims.length === 0 || random() < 0.5)
    ? wrong(truth, truth.of, wrongs, random)
    : claimed(pick(claims, random), truth.of, random);
}

function claimed([, write]: Claim, of: Case, random: Random): Sentence | null {
  const changes = of.changes.filter(({ live }) => live !== null && live < of.diagnosis.onset - 5);
  if (of.metrics.length === 0 || changes.length === 0) return null;
  return write(pick(of.metrics, random), pick(changes, random), of, random);
}

export const wrongs: Wrongs = {
  invented: [
    "see commit a91b77e",
    "flag `fast-lane` is on",
    "`queue_depth_total` moved too",
    "the file src/orders/retry-policy.ts is part of it",
    "PR #9041 is next to it",
    "lodash 4.17.20 is in use",
    "INC-777 was alike",
    "the label zone eu-west-9 stands out",
    "acme/warehouse holds the code",
    "Priya has the details",
    "10.41.7.9 is the host",
    "see https://wiki.evil.example/x",
  ],
  services: ["billing", "warehouse-api", "recommendations", "Redis"],
  factors: [1.4, 2.5, 0.6, 10, 0.1],
  opposites: [
    ["rose", "fell"],
    ["climbed", "dropped"],
    ["increased", "decreased"],
    ["up", "down"],
  ],
  claims,
};
