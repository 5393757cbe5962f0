/** True sentences in other words: the half that the gate was not tuned on. */

import { capital, clock, clockSeconds, count, length, round, say } from "./saying.ts";
import type { Forms } from "./truths.ts";

const metric: Forms["metric"] = [
  (m, _, r) =>
    `${m.service}${m.callee === null ? "" : ` calling ${m.callee}`} shows ${m.words}${m.slice === null ? "" : ` on ${m.slice[1]}`} at ${say(m.after, m.unit, r)}, where ${say(m.before, m.unit, r)} is usual.`,
  (m, _, r) =>
    `We see ${m.words} of ${say(m.after, m.unit, r)} on ${m.service}${m.callee === null ? "" : ` → ${m.callee}`}${m.slice === null ? "" : `, ${m.slice[0]} ${m.slice[1]}`}; baseline ${say(m.before, m.unit, r)}.`,
  (m, _, r) =>
    m.isUp
      ? `A jump in ${m.words} for ${m.service}${m.callee === null ? "" : ` to ${m.callee}`}: ${say(m.before, m.unit, r)} earlier, ${say(m.after, m.unit, r)} now.`
      : null,
  (m, _, r) =>
    m.isUp
      ? `${capital(m.words)} at ${m.service} spiked to roughly ${say(m.after, m.unit, r)} around ${clock(m.at)}.`
      : `${capital(m.words)} at ${m.service} sank to roughly ${say(m.after, m.unit, r)} around ${clock(m.at)}.`,
  (m) => `The move in ${m.name} on ${m.service} dates from ${clock(m.at)}.`,
  (m) =>
    m.isUp && m.before > 0 && m.after / m.before > 3 && m.after / m.before < 200
      ? `For ${m.service}, ${m.words} stands at ${round(m.after / m.before, 2)} times its earlier level.`
      : null,
  (m, _, r) =>
    `Median ${m.words} of ${m.service} before the trouble: ${say(m.before, m.unit, r)}; during it: ${say(m.after, m.unit, r)}.`,
  (m, _, r) =>
    m.slice === null
      ? null
      : `Looking at ${m.slice[1]} alone, ${m.service} has ${m.words} of ${say(m.after, m.unit, r)}.`,
  (m, _, r) =>
    m.isUp
      ? `${capital(m.service)} is clearly worse off, with ${m.words} growing from ${say(m.before, m.unit, r)} to ${say(m.after, m.unit, r)}.`
      : null,
  (m, _, r) =>
    `It may be worth a look: ${m.words} for ${m.service} moved to ${say(m.after, m.unit, r)} from ${say(m.before, m.unit, r)} at about ${clock(m.at)}.`,
];

const change: Forms["change"] = [
  (c) => (c.live === null ? null : `${c.short} has been running since ${clock(c.live)}.`),
  (c) =>
    c.live === null
      ? null
      : `The change ${c.short} reached production at ${clockSeconds(c.live)} UTC.`,
  (c, of) =>
    c.live === null || c.live > of.diagnosis.onset
      ? null
      : `There were ${length(of.diagnosis.onset - c.live)} between ${c.short} going live and the onset.`,
  (c) => (c.file === undefined ? null : `One of the files in ${c.short} is \`${c.file}\`.`),
  (c) =>
    c.pullRequest === null
      ? null
      : `Pull request ${c.pullRequest} is worth reading: it went into ${c.service ?? "this"}.`,
  (c) => `Have a look at ${c.short}, titled "${c.title}".`,
  (c) => (c.service === undefined ? null : `${c.short} belongs to ${c.service}.`),
  (c, of) => {
    const [m] = of.metrics;
    if (c.live === null || m === undefined || of.diagnosis.onset - c.live < 5) return null;
    return {
      text: `${c.short} went live before ${m.words} of ${m.service} moved.`,
      cites: [c.cite, m.cite],
    };
  },
];

const log: Forms["log"] = [
  (l) => `Errors of ${l.service} read "${l.example}".`,
  (l) =>
    l.since === undefined
      ? null
      : `The first "${l.example}" from ${l.service} was written at ${clock(l.since)}.`,
  (l) =>
    `In the lines of ${l.service} one finds “${l.example}”, ${count(l.after)} times since the onset.`,
  (l) => (l.since === undefined ? null : `This log message of ${l.service} is new.`),
];

const whole: Forms["whole"] = [
  (of) => {
    const [quiet] = of.quiet;
    return quiet === undefined
      ? null
      : { text: `${capital(quiet)} looks normal.`, cites: [`examined:${quiet}`] };
  },
  (of) => {
    const [quiet] = of.quiet;
    return quiet === undefined
      ? null
      : { text: `No metric of ${quiet} has moved so far.`, cites: [`examined:${quiet}`] };
  },
  (of) => {
    const { scope } = of.diagnosis;
    const [label] = Object.entries(scope?.labels ?? {});
    if (scope === null || scope.everywhere || label === undefined) return null;
    return { text: `The shift is confined to ${label[0]} ${label[1]}.`, cites: ["scope"] };
  },
  (of) => {
    const [first] = of.diagnosis.services;
    return first === undefined
      ? null
      : {
          text: `If one service has to be named first, it is ${first.service}.`,
          cites: ["services"],
        };
  },
  (of) => {
    const past = of.texts.find(({ id }) => id.startsWith("incident:"));
    return past === undefined
      ? null
      : {
          text: `A similar case, INC-${past.id.slice("incident:".length)}, took 14 minutes; rolling back ${of.services[0]} ended it.`,
          cites: [past.id],
        };
  },
  (of) => {
    const runbook = of.texts.find(({ id }) => id.startsWith("runbook:"));
    return runbook === undefined
      ? null
      : {
          text: `According to the runbook, one replica at a time should be restarted.`,
          cites: [runbook.id],
        };
  },
  (of, r) => {
    const [a, b] = of.metrics.filter(
      ({ isUp, slice, callee }) => isUp && slice === null && callee === null,
    );
    if (a === undefined || b === undefined || a.service === b.service) return null;
    return {
      text: `${capital(a.words)} is ${say(a.after, a.unit, r)} for ${a.service}; for ${b.service}, ${b.words} is ${say(b.after, b.unit, r)}.`,
      cites: [a.cite, b.cite],
    };
  },
];

export const heldTruths: Forms = { metric, change, log, whole };
