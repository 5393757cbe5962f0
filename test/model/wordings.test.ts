/** Classes of wording over the recorded and generated incidents: what is computed, and what no evidence says. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOf } from "../../src/model/sentence.ts";
import { cases } from "./corpus/evidence.ts";

const all = cases();

type Row = readonly [of: number, cites: string, text: string];

async function holds(...rows: readonly Row[]): Promise<void> {
  for (const [of, cites, text] of rows) assert.equal(await fault(of, cites, text), null, text);
}

async function fall(...rows: readonly Row[]): Promise<void> {
  for (const [of, cites, text] of rows) assert.notEqual(await fault(of, cites, text), null, text);
}

async function fault(of: number, cites: string, text: string) {
  const known = all[of]?.known;
  assert.ok(known !== undefined);
  return faultOf({ text, cites: cites.split(" ") }, known);
}

const flag = "change:signed-receipts";
const rounding = "change:6e9023faf8d27f9658598b7c66dffca5f164b1b5";
const cached = "change:de491f31c58157e10dec590d702befcc88f8ced6";

test("a comparison and a superlative stand where the numbers of what is compared say so", async () => {
  await holds(
    [0, "metric:6 metric:5", "POST /buy on frontend has a higher p95 than checkout as a whole."],
    [0, "metric:12", "Among the calls of checkout, those to payments are the slowest, p95 1.3 s."],
    [0, "metric:18 metric:5", "The p50 of checkout rose less than its p95."],
    [0, flag, "The signed-receipts flag is the change nearest to the onset."],
    [0, `${rounding} ${flag}`, "The flag signed-receipts went live later than commit 6e9023f."],
    [3, "metric:18", "The heap of frontend is 27 MiB, slightly more than the 22 MiB before."],
    [
      0,
      "metric:6 metric:5",
      "POST /buy on frontend has a higher p95 than checkout as a whole, 4.7 s versus 3.4 s.",
    ],
  );
  await fall(
    [0, "metric:6 metric:5", "checkout as a whole has a higher p95 than POST /buy on frontend."],
    [0, "metric:2", "Among the calls of checkout, those to orders-db are the slowest, p95 0.83 s."],
    [0, "metric:18 metric:5", "The p50 of checkout rose more than its p95."],
    [0, "change:summer-banner", "The summer-banner flag is the change nearest to the onset."],
    [0, `${rounding} ${flag}`, "Commit 6e9023f went live after the flag signed-receipts."],
    [0, "metric:6 metric:7", "Of the two routes of frontend, POST /cart is the slower one."],
    [0, `${rounding} ${flag}`, "Commit 6e9023f and the flag signed-receipts went live together."],
    [0, "metric:5 metric:9", "The p95 of checkout and frontend rose by the same amount."],
  );
});

test("each line of a row has its own number, wherever it is said that they are lines", async () => {
  await holds(
    [0, "log:0 log:1", "New in the logs since 02:49: frontend 68×, checkout 58×."],
    [9, "log:0", "The log of login has a new line. It is there 164 times."],
    [4, "log:0 log:1", "Pool-timeout lines, new since 09:11: inventory 1,082×, frontend 1,020×."],
  );
  await fall(
    [0, "log:0 log:1", "New in the logs since 02:49: frontend 58×, checkout 68×."],
    [8, "log:0", "133 workers of media-upload were killed since 08:16."],
    [3, "log:2", 'The line "upstream bank unavailable" of frontend is new since 09:11.'],
    [3, "log:2", 'The line "upstream bank unavailable" appears for the first time at 09:11.'],
  );
});

test("what was and what is are told by tense and in any order, and a factor is no count", async () => {
  await holds(
    [4, "metric:1", "The p95 of GET / of frontend was 17 ms and now it is 0.24 s."],
    [5, "metric:31", "29 requests are waiting at inventory since 02:45 and before there was 0."],
    [0, "metric:5", "checkout had a p95 of 0.38 s before and has 3.4 s now."],
    [0, "metric:27", "The connections of orders-db are 30. They were 15, so this is the double."],
    [0, "metric:30", "The pool of checkout had no connections in use, now 2."],
    [0, "metric:5", "checkout is about 3 s slower than before at p95."],
    [6, "metric:1 metric:3", "orders-api p99 0.21 → 2 s, traffic 42 → 17 req/s."],
  );
  await fall(
    [0, "metric:5", "The p95 of checkout is 0.38 s since 02:45."],
    [3, "metric:1", "The calls checkout → payments are back, their p95 is 97 ms again."],
    [7, "metric:3", "The requests per second of search went down by 17 req/s."],
    [5, "metric:44", "Requests to frontend rose to 83 requests/s, more than tenfold."],
  );
});

test("a line is told in its writer's name and in other words of the same, and not as more than it says", async () => {
  await holds(
    [6, "log:0", "The orders-api could not acquire a lock on invoices, says a new log line."],
    [8, "log:0", "The log says that a worker was killed when it was resizing."],
    [11, "log:0", "New lines in the log of quotes: tax-rates-client, response too large."],
  );
  await fall(
    [6, "log:0", "ledger could not acquire a lock on invoices, says a new log line."],
    [9, "log:0", 'redis is down: 164× "connection pool exhausted" since 21:12.'],
    [0, "log:1", "payments is failing, checkout wrote 58 lines that payments did not answer."],
  );
});

test("no change does anything, in one breath or with words between, and none follows from its going live", async () => {
  await fall(
    [
      0,
      `${flag} metric:16`,
      "With signed-receipts live, event loop lag p99 of checkout is 0.69 s.",
    ],
    [
      5,
      "change:2603b18bcacea111d2dc66aa85ebefe191d162f3 metric:1",
      "Commit 2603b18 of inventory, live 7 min before onset, made GET /products slow: p95 0.69 s.",
    ],
    [
      8,
      "change:374470d86f967b601db4ade119520ec2b22c0d70 log:0",
      "After PR #1290 shipped, the workers of media-upload were killed while resizing.",
    ],
    [11, "metric:1 metric:2", "The slowdown began at pricing and reached quotes."],
  );
  await fall([
    0,
    "change:deploy-checkout-6e9023f-1795747104",
    "The deploy checkout 6e9023f replaced 44660ce at 02:38:24.",
  ]);
  await holds([
    0,
    "change:918561a7f247e9474ec661220268eb563c88db8d",
    "918561a signs receipts, behind the flag signed-receipts, and is live since 02:38:24.",
  ]);
  await holds([6, cached, "In internal/rates/cache.go the limit went from 20 to 2 with PR #412."]);
});

test("no limit, no universal, no course, no share of people, and nothing of what a callee does", async () => {
  await fall(
    [0, "metric:27", "orders-db hit its connection limit at 30 connections."],
    [0, "metric:6 metric:7", "All routes of frontend are slower, with POST /buy at 4.7 s."],
    [10, "metric:1", "The kafka consumer lag of dispatch rose to 1,438 and keeps growing."],
    [9, "metric:0", "login fails for 3.8 % of the users."],
    [3, "metric:3", "payments rejects 80 % of the calls."],
    [9, "metric:2", "profile fails more: 0.2 % → 0.94 % since 21:13."],
    [6, "metric:3", "orders-api drops requests: 42 req/s → 17 req/s."],
    [0, "metric:30", "Only a few requests of checkout are slow."],
    [0, "scope", "The shift is in all versions but 6e9023f."],
    [0, "metric:9 metric:5", "frontend waits for checkout: p95 3.8 s and 3.4 s."],
    [0, "metric:16", "checkout is CPU bound, event loop lag p99 0.69 s."],
    [0, "metric:0", "Version 6e9023f takes all the cpu of checkout."],
    [6, "metric:3", "orders-api serves fewer requests per second as users give up."],
    [11, "metric:1 metric:3", "The p99 of quotes rose although fewer requests succeed."],
    [0, "log:1", "checkout gave up on payments 58 times since 02:49."],
    [0, "change:d327dec214dd5aad5c06f96fce6cf23cd6b54398", "Commit d327dec is a low risk."],
    [0, "metric:0", "Only version 6e9023f of checkout is running."],
  );
});

test("a runbook's first thing stays first", async () => {
  await holds([6, "runbook:0", "The runbook says to look at the waits of ledger first."]);
  await fall([6, "runbook:0", "The runbook says to restart the replicas first."]);
});
