/**
 * How well the patterns read what people say was done, and what they claim not to be the cause: the labelled messages
 * of test/suggestion/ (docs/benchmarks.md).
 *
 * npm run bench:phrases
 * npm run bench:phrases -- new.txt       # messages of one's own, written as there
 */

import { claimRounds, claims, scoreClaims } from "../test/suggestion/claims.ts";
import { basename } from "node:path";
import { labelled, readMessages, rounds, score, type Score } from "../test/suggestion/messages.ts";
import { table } from "./figures.ts";

const percent = (share: number) => (Number.isNaN(share) ? "–" : `${(100 * share).toFixed(1)} %`);

function rowOf(name: string, { messages, done, missed, mistaken, fresh, suppressed }: Score) {
  const seen = done - missed.length;
  return [
    name,
    messages,
    done,
    percent(seen / (seen + suppressed.length)),
    percent(seen / done),
    `${missed.length}`,
    `${suppressed.length} of ${fresh}`,
    `${mistaken.length}`,
  ];
}

const files = process.argv.slice(2);
const read = files.flatMap((file) => readMessages(file, basename(file)));
const messages = files.length === 0 ? labelled : read;
const names = files.length === 0 ? rounds : [...new Set(read.map(({ round }) => round))];
const whole = score(messages);
console.log(
  table([
    ["round", "messages", "deeds", "precision", "recall", "missed", "told of none", "other effect"],
    ...names.map((round) => rowOf(round, score(messages.filter((each) => each.round === round)))),
    rowOf("all", whole),
  ]),
);
for (const text of whole.missed) console.log(`missed: ${text}`);
for (const text of whole.suppressed) console.log(`told of none: ${text}`);
for (const text of whole.mistaken) console.log(`other effect: ${text}`);
const found = whole.done - whole.missed.length;
console.log(
  JSON.stringify({
    bench: "phrases",
    messages: whole.messages,
    deeds: whole.done,
    precision: found / (found + whole.suppressed.length),
    recall: found / whole.done,
    offeredAgainShare: whole.missed.length / whole.done,
    freshSuppressedShare: whole.suppressed.length / whole.messages,
    otherEffectShare: whole.mistaken.length / whole.done,
  }),
);

function claimRow(name: string, of: typeof claims) {
  const { messages, away, missed, mistaken } = scoreClaims(of);
  const seen = away - missed.length;
  const shares = [percent(seen / (seen + mistaken.length)), percent(seen / away)];
  return [name, messages, away, ...shares, missed.length, mistaken.length];
}

const allClaims = scoreClaims(claims);
console.log(
  table([
    ["round", "messages", "bare claims", "precision", "recall", "missed", "heard of none"],
    ...claimRounds.map((round) =>
      claimRow(
        round,
        claims.filter((each) => each.round === round),
      ),
    ),
    claimRow("all", claims),
  ]),
);
for (const text of allClaims.missed) console.log(`claim missed: ${text}`);
for (const text of allClaims.mistaken) console.log(`claim of nobody: ${text}`);
const heard = allClaims.away - allClaims.missed.length;
console.log(
  JSON.stringify({
    bench: "claims",
    messages: allClaims.messages,
    claims: allClaims.away,
    precision: heard / (heard + allClaims.mistaken.length),
    recall: heard / allClaims.away,
  }),
);
