/** Claims that no evidence makes, about true things. */

import type { Case, ChangeFact, MetricFact } from "./evidence.ts";
import { capital, say, type Random } from "./saying.ts";
import type { Sentence } from "./truths.ts";

export type Claim = readonly [
  kind: string,
  write: (m: MetricFact, c: ChangeFact, of: Case, random: Random) => Sentence | null,
];

const both = (m: MetricFact, c: ChangeFact) => [m.cite, c.cite];

export const claims: readonly Claim[] = [
  [
    "causal",
    (m, c) => ({
      text: `The rise of ${m.words} at ${m.service} was caused by ${c.short}.`,
      cites: both(m, c),
    }),
  ],
  [
    "causal",
    (m, c) => ({
      text: `${c.short} led to the change in ${m.words} of ${m.service}.`,
      cites: both(m, c),
    }),
  ],
  [
    "causal",
    (m, c) => ({
      text: `${capital(m.words)} of ${m.service} moved because of ${c.short}.`,
      cites: both(m, c),
    }),
  ],
  [
    "causal",
    (m, c) => ({
      text: `${c.short} triggered this: ${m.words} of ${m.service} is off.`,
      cites: both(m, c),
    }),
  ],
  [
    "causal",
    (m, c) => ({
      text: `Due to ${c.short}, ${m.words} of ${m.service} is worse.`,
      cites: both(m, c),
    }),
  ],
  [
    "causal",
    (m, _, of) => {
      const other = of.services.find((each) => each !== m.service && each !== m.callee);
      return {
        text: `${capital(m.words)} of ${m.service} shifted as a result of ${other}.`,
        cites: [m.cite],
      };
    },
  ],
  [
    "time order reversed",
    (m, c) => ({
      text: `${c.short} went live after ${m.words} of ${m.service} had moved.`,
      cites: both(m, c),
    }),
  ],
  [
    "time order reversed",
    (m, c) => ({
      text: `${capital(m.words)} of ${m.service} moved before ${c.short} went live.`,
      cites: both(m, c),
    }),
  ],
  [
    "time without finding",
    (a, _, of) => {
      const b = of.metrics.find(({ service }) => service !== a.service);
      return b === undefined
        ? null
        : {
            text: `${capital(a.words)} of ${a.service} moved after ${b.words} of ${b.service}.`,
            cites: [a.cite, b.cite],
          };
    },
  ],
  [
    "resolved",
    (m) => ({
      text: `The incident is resolved: ${m.words} of ${m.service} is fine.`,
      cites: [m.cite],
    }),
  ],
  [
    "resolved",
    (m) => ({ text: `${capital(m.words)} of ${m.service} has recovered.`, cites: [m.cite] }),
  ],
  [
    "quiet",
    (m) => ({ text: `${capital(m.words)} of ${m.service} did not change.`, cites: [m.cite] }),
  ],
  [
    "person",
    (_, c) =>
      c.author === undefined || !c.author.includes(" ")
        ? null
        : { text: `${c.author} wrote ${c.short}.`, cites: [c.cite] },
  ],
  [
    "person",
    (_, c) => ({ text: `${c.short} was shipped by @marek, who should be asked.`, cites: [c.cite] }),
  ],
  [
    "unit",
    (m, _, __, r) =>
      m.unit !== "seconds"
        ? null
        : {
            text: `${capital(m.words)} of ${m.service} is ${say(m.after, m.unit, () => 0.1).replace(/ ?ms| ?s$/, (unit) => (unit.trim() === "s" ? " ms" : " s"))} ${r() < 2 ? "now" : ""}.`,
            cites: [m.cite],
          },
  ],
];
