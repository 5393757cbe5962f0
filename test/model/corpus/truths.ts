/** True sentences about a case's evidence, with what they cite: the half that the gate was tuned on. */

import type { Case, ChangeFact, LogFact, MetricFact } from "./evidence.ts";
import { capital, clock, clockSeconds, count, length, round, say, type Random } from "./saying.ts";

export interface Sentence {
  readonly text: string;
  readonly cites: readonly string[];
}

/** null: it would not be true, or nobody would say it, of this. */
type Form<Fact> = (fact: Fact, of: Case, random: Random) => Sentence | string | null;

export interface Forms {
  readonly metric: readonly Form<MetricFact>[];
  readonly change: readonly Form<ChangeFact>[];
  readonly log: readonly Form<LogFact>[];
  /** Of several things, or of the whole. */
  readonly whole: readonly ((of: Case, random: Random) => Sentence | null)[];
}

const place = ({ service, callee, slice }: MetricFact): string =>
  `${callee === null ? service : `calls ${service} → ${callee}`}${slice === null ? "" : ` (${slice[0]} ${slice[1]})`}`;

const before = (m: MetricFact, random: Random) => say(m.before, m.unit, random);
const after = (m: MetricFact, random: Random) => say(m.after, m.unit, random);
const ratio = ({ before: b, after: a }: MetricFact) => (b > 0 ? a / b : Infinity);

const metric: Forms["metric"] = [
  (m, _, r) =>
    `${capital(m.words)} of ${place(m)} ${m.isUp ? "rose" : "fell"} from ${before(m, r)} to ${after(m, r)} at ${clock(m.at)}.`,
  (m, _, r) => `${capital(m.words)} of ${place(m)} went from ${before(m, r)} to ${after(m, r)}.`,
  (m, _, r) =>
    `At ${clock(m.at)} ${m.words} of ${place(m)} ${m.isUp ? "climbed" : "dropped"} to ${after(m, r)}, ${m.isUp ? "up" : "down"} from ${before(m, r)}.`,
  (m) =>
    m.isUp && ratio(m) < 500 && ratio(m) > 2
      ? `${capital(m.words)} of ${place(m)} is about ${round(ratio(m), 2)}× what it was before the onset.`
      : null,
  (m, _, r) => `Since ${clock(m.at)}, ${m.words} of ${place(m)} has been around ${after(m, r)}.`,
  (m) =>
    m.isUp && ratio(m) > 2.3 && m.before > 0
      ? `${capital(m.words)} of ${place(m)} has more than doubled.`
      : null,
  (m, _, r) => `${place(m)}: ${m.words} ${before(m, r)} → ${after(m, r)}`,
  (m, _, r) =>
    `\`${m.name}\` of ${m.service} now sits near ${after(m, r)} instead of ${before(m, r)}.`,
  (m, _, r) =>
    `The ${m.words} seen for ${place(m)} ${m.isUp ? "increased" : "decreased"} to ${after(m, r)} (before: ${before(m, r)}).`,
  (m) =>
    `${capital(m.words)} of ${place(m)} started to ${m.isUp ? "rise" : "fall"} at ${clock(m.at)} UTC.`,
  (m, _, r) =>
    m.isUp
      ? `${capital(m.words)} of ${place(m)} is elevated: ${after(m, r)}, normally ${before(m, r)}.`
      : null,
  (m, _, r) =>
    m.slice === null
      ? null
      : `The shift is visible for ${m.slice[0]} ${m.slice[1]} of ${m.service}, where ${m.words} reached ${after(m, r)}.`,
];

const change: Forms["change"] = [
  (c) =>
    c.live === null
      ? null
      : `${c.kind === "commit" ? "Commit " : ""}${c.short} went live at ${clockSeconds(c.live)}.`,
  (c, of) =>
    c.live === null || c.live > of.diagnosis.onset
      ? null
      : `${c.short} was live ${length(of.diagnosis.onset - c.live)} before the onset.`,
  (c) => (c.file === undefined ? null : `${c.short} touches ${c.file}.`),
  (c) =>
    c.pullRequest === null
      ? null
      : `PR #${c.pullRequest} ("${c.title.replace(/ \(#\d+\)$/, "")}") is among the changes that were in flight.`,
  (c) => (c.service === undefined ? null : `The ${c.kind} ${c.short} concerns ${c.service}.`),
  (c) =>
    !c.isUnknown || c.kind !== "commit"
      ? null
      : `Commit ${c.short} was merged at ${clock(c.at)}; whether it was live is not known.`,
  (c, of) =>
    of.diagnosis.changes[0]?.id === c.id &&
    (of.diagnosis.changes[0]?.p ?? 0) > of.diagnosis.noChange
      ? `Among the changes, ${c.short} is the most suspected.`
      : null,
  (c) => `"${c.title}" is the title of ${c.short}.`,
  (c, of) => {
    const [m] = of.metrics;
    if (c.live === null || m === undefined || c.live > of.diagnosis.onset) return null;
    return {
      text: `${capital(m.words)} of ${place(m)} ${m.isUp ? "rose" : "fell"} after ${c.short} went live.`,
      cites: [c.cite, m.cite],
    };
  },
];

const log: Forms["log"] = [
  (l) => `${l.service} logs "${l.example}".`,
  (l) =>
    l.since === undefined
      ? null
      : `A new line appears in the logs of ${l.service} since ${clock(l.since)}: "${l.example}".`,
  (l) =>
    l.since === undefined
      ? `${count(l.after)} such lines from ${l.service} since the onset, ${count(l.before)} before it.`
      : `${count(l.after + l.before)} such lines came from ${l.service}.`,
  (l) =>
    l.after > l.before
      ? `The log of ${l.service} has more of this line than before: "${l.example.slice(0, 60)}".`
      : null,
];

const whole: Forms["whole"] = [
  (of) => {
    const [quiet] = of.quiet;
    return quiet === undefined
      ? null
      : { text: `Nothing shifted at ${quiet}.`, cites: [`examined:${quiet}`] };
  },
  (of, r) => {
    const [quiet] = of.quiet;
    const [m] = of.metrics;
    if (quiet === undefined || m === undefined) return null;
    return {
      text: `${capital(m.words)} of ${place(m)} is at ${after(m, r)} while ${quiet} stays flat.`,
      cites: [m.cite, `examined:${quiet}`],
    };
  },
  (of) => {
    const { scope } = of.diagnosis;
    const [label] = Object.entries(scope?.labels ?? {});
    if (scope === null || scope.everywhere || label === undefined) return null;
    return {
      text: `Only ${label[0]} ${label[1]} is affected; it holds ${Math.floor(scope.share * 100)} % of the shift.`,
      cites: ["scope"],
    };
  },
  (of) => {
    const [first] = of.diagnosis.services;
    return first === undefined
      ? null
      : {
          text: `${capital(first.service)} is the first suspect among the services.`,
          cites: ["services"],
        };
  },
  (of) => {
    const past = of.texts.find(({ id }) => id.startsWith("incident:"));
    const number = past?.id.slice("incident:".length);
    return past === undefined
      ? null
      : {
          text: `INC-${number} was ended by rolling back ${of.services[0]}, in 14 minutes.`,
          cites: [past.id],
        };
  },
  (of) => {
    const runbook = of.texts.find(({ id }) => id.startsWith("runbook:"));
    return runbook === undefined
      ? null
      : {
          text: `The runbook says: "look at the waits of ${of.services[2]} first".`,
          cites: [runbook.id],
        };
  },
  (of, r) => {
    const [a, b] = of.metrics.filter(({ isUp, slice }) => isUp && slice === null);
    if (a === undefined || b === undefined || a.service === b.service) return null;
    return {
      text: `Two services moved: ${a.words} of ${place(a)} is ${after(a, r)}, and ${b.words} of ${place(b)} is ${after(b, r)}.`,
      cites: [a.cite, b.cite],
    };
  },
];

export const truths: Forms = { metric, change, log, whole };
