/**
 * Ninety days of incidents of a made-up shop, for `npm start` to show: whose lists were ordered by the real learner, from
 * what its made-up people said before. The same every time; times count back from the end of the last day.
 *
 * npm run demo:sample-history
 */

import { globSync, readFileSync } from "node:fs";
import { z } from "zod";
import { rankLines } from "../src/edges/stdio/rank-line.ts";
import { parsePlaybook } from "../src/playbook/parse.ts";
import { postmortemOf } from "./sample-postmortems.ts";

/** The end of the last day; whoever shows it shifts all times by whole weeks. */
const end = Date.UTC(2026, 10, 23);
const days = 90;
const incidents = 84;
const minuteMs = 60_000;

interface Trouble {
  readonly often: number;
  readonly service: string;
  readonly symptom: string;
  readonly title: string;
  readonly cause: string;
  readonly flags: readonly string[];
  readonly fixes: readonly string[];
  /** Checks that point to it. */
  readonly tells: readonly string[];
}

const troubles: readonly Trouble[] = [
  {
    often: 20,
    service: "checkout",
    symptom: "latency",
    title: "checkout p95 above 1 s",
    cause: "deploy",
    flags: ["deploy"],
    fixes: ["roll-back-deploy"],
    tells: ["compare-versions", "read-diff-of-last-deploy"],
  },
  {
    often: 16,
    service: "checkout",
    symptom: "latency",
    title: "payments slow at checkout",
    cause: "dependency",
    flags: ["dependency-error"],
    fixes: ["shorten-timeouts", "fail-over-dependency"],
    tells: ["call-dependency-directly", "read-retry-rate"],
  },
  {
    often: 12,
    service: "inventory",
    symptom: "errors",
    title: "inventory answers 500",
    cause: "configuration",
    flags: ["config"],
    fixes: ["revert-configuration"],
    tells: ["compare-configuration"],
  },
  {
    often: 12,
    service: "inventory",
    symptom: "saturation",
    title: "inventory waits for database connections",
    cause: "capacity",
    flags: ["traffic"],
    fixes: ["raise-pool-size"],
    tells: ["read-pool-waits"],
  },
  {
    often: 10,
    service: "frontend",
    symptom: "errors",
    title: "product page fails",
    cause: "flag",
    flags: ["flag"],
    fixes: ["turn-off-flag"],
    tells: ["read-flag-changes"],
  },
  {
    often: 8,
    service: "frontend",
    symptom: "memory",
    title: "frontend is killed for its memory",
    cause: "memory",
    flags: [],
    fixes: ["restart-service", "raise-memory-limit"],
    tells: ["read-heap-by-type", "read-oom-kills"],
  },
  {
    often: 8,
    service: "checkout",
    symptom: "queue",
    title: "receipts are late",
    cause: "queue",
    flags: [],
    fixes: ["scale-out-consumers"],
    tells: ["read-queue-lag"],
  },
  {
    often: 5,
    service: "frontend",
    symptom: "availability",
    title: "shop cannot be reached",
    cause: "certificate",
    flags: [],
    fixes: ["renew-certificate"],
    tells: ["check-certificate-dates"],
  },
];

/** xorshift32: the same numbers on every machine. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const chance = chanceFrom(20_261_123);
const chanceOfWords = chanceFrom(20_261_130);
const between = (least: number, most: number) => least + chance() * (most - least);
const ask = rankLines();
const tell = (line: object): unknown => ask(JSON.stringify(line));
const ranking = z.object({
  order: z.array(
    z.object({
      step: z.string(),
      role: z.enum(["fix", "check"]),
      p: z.number(),
      minutes: z.number(),
    }),
  ),
});

const files = globSync("playbook/*.yaml").toSorted();
const { steps } = parsePlaybook(files.map((path) => ({ path, text: readFileSync(path, "utf8") })));
tell({ op: "config", seed: 1, explore: true });
for (const { id, role, minutes, risk, mechanism, priors } of steps) {
  tell({ op: "step", id, role, minutes, risk, mechanism, prior: priors });
}

const begins = Array.from({ length: incidents }, () => end - between(0.2, days) * 1_440 * minuteMs);
for (const [index, begin] of begins.toSorted((a, b) => a - b).entries()) {
  process.stdout.write(`${JSON.stringify(lived(`SAMPLE-${index + 1}`, begin))}\n`);
}

/** One incident from its beginning to its end, as an import reads it; the learner hears of it as it goes. */
function lived(id: string, begin: number) {
  const trouble = drawn();
  const { service, symptom, title, cause, fixes, tells } = trouble;
  const flags = Object.fromEntries(trouble.flags.map((flag) => [flag, true]));
  const severity = [2, 3, 3, 3, 1, 4][Math.floor(chance() * 6)] ?? 3;
  tell({
    op: "open",
    incident: id,
    service,
    symptom,
    flags,
    text: title,
    severity,
    at: begin / 1000,
  });
  const { order } = ranking.parse(tell({ op: "rank", incident: id }));
  const of = (role: string) => order.filter((each) => each.role === role);
  const [fixesFirst, checks] = [of("fix"), of("check")];
  const list = [
    ...fixesFirst.slice(0, 2),
    ...checks.slice(0, 1),
    ...fixesFirst.slice(2, 3),
    ...checks.slice(1, 2),
  ];
  const isHealed = chance() < 0.08;
  let now = begin + between(1, 6) * minuteMs;
  const acknowledged = now;
  const words: Record<string, { label: string; minutes: number; at: string }> = {};
  let fixed: string | null = null;
  const say = (step: string, label: string, minutes: number) => {
    now += minutes * minuteMs;
    words[step] = { label, minutes: Math.round(minutes * 10) / 10, at: iso(now) };
    if (chance() < 0.85 || label === "resolved") {
      tell({ op: "outcome", incident: id, step, label, by: "u1", minutes, at: now / 1000 });
    }
  };
  for (const { step, role, minutes } of isHealed ? [] : list) {
    if (fixed !== null || chance() < 0.15) continue;
    const took = minutes * between(0.6, 1.6);
    const isRight = fixes.includes(step) && chance() < 0.9;
    if (role === "check") say(step, tells.includes(step) ? "helped" : checkWord(), took);
    else if (isRight) {
      say(step, "resolved", took);
      fixed = step;
    } else say(step, "no_effect", took);
  }
  if (fixed === null && !isHealed) {
    const [other = "restart-service"] = fixes;
    say(other, "resolved", between(8, 35));
    fixed = other;
  }
  if (isHealed) now += between(4, 15) * minuteMs;
  const mitigated = now;
  now += between(2, 25) * minuteMs;
  const isLabelled = chance() < 0.6;
  const close = { op: "close", incident: id, cause: isLabelled ? cause : null };
  tell({ ...close, resolvedBy: fixed, at: now / 1000 });
  const offered = list.map(({ step, role, p }, place) => {
    const { label = null, minutes = null, at = null } = words[step] ?? {};
    return {
      step,
      role,
      list: 1,
      position: place + 1,
      p: Math.round(p * 1000) / 1000,
      label,
      minutes,
      at,
    };
  });
  const others = Object.keys(words).filter((step) => !list.some((each) => each.step === step));
  const about = { severity, cause, resolvedAt: now };
  const postmortem = postmortemOf(about, { chance: chanceOfWords, end });
  return {
    id,
    title,
    service,
    symptom,
    startedAt: iso(begin),
    acknowledgedAt: iso(acknowledged),
    mitigatedAt: iso(mitigated),
    resolvedAt: iso(now),
    severity,
    // Whoever writes it up names the cause, after the learner's turn.
    cause: isLabelled || postmortem !== null ? cause : null,
    flags,
    postmortem,
    steps: [...offered, ...others.map((step) => ({ step, ...words[step] }))],
  };
}

function drawn(): Trouble {
  let left = chance() * troubles.reduce((sum, { often }) => sum + often, 0);
  return troubles.find(({ often }) => (left -= often) <= 0) ?? troubles[0] ?? never();
}

function never(): never {
  throw new Error("there are no troubles");
}

function checkWord(): string {
  return chance() < 0.6 ? "ruled_out" : "no_effect";
}

function iso(ms: number): string {
  return new Date(Math.round(ms / 1000) * 1000).toISOString();
}
