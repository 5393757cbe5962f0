/** As by-hand.ts, and never tuned on: the first figures over these are the ones that docs/benchmarks.md gives. */

import type { ByHand } from "./by-hand.ts";

export const trueByHandHeld: readonly ByHand[] = [
  [
    "n-plus-one",
    "Frontend users wait longer too, with p95 latency around 1 second compared to 0.37 s earlier.",
    ["metric:5"],
  ],
  [
    "n-plus-one",
    "Traffic between checkout and orders-db exploded to 518 calls per second.",
    ["metric:10"],
  ],
  ["n-plus-one", "On POST /pay the checkout p95 more than tripled to 1.2 s.", ["metric:1"]],
  [
    "n-plus-one",
    "The frontend's calls into checkout are affected: p95 1.1 s, up from 0.37 s.",
    ["metric:2"],
  ],
  [
    "n-plus-one",
    "Neither inventory nor payments show any movement.",
    ["examined:inventory", "examined:payments"],
  ],
  ["n-plus-one", "Checkout ranks first among the suspects.", ["services"]],
  [
    "n-plus-one",
    "Version b704eb6 of checkout replaced 6ec649e at 09:11:28.",
    ["change:deploy-checkout-b704eb6-1795425088"],
  ],
  [
    "n-plus-one",
    "One candidate is af37d3b, which was live 10 s before the onset.",
    ["change:af37d3bd7aa1733e13980777469f45b62eff721f"],
  ],
  ["n-plus-one", "Looking at medians, checkout moved from 0.23 s to 0.6 s.", ["metric:4"]],
  [
    "n-plus-one",
    "orders-db went from 52 to 547 statements every second, more than ten times as many.",
    ["metric:11"],
  ],
  [
    "n-plus-one",
    '24e5acb ("Round the total to cents") shipped to checkout 10 seconds before things started.',
    ["change:24e5acb7ec285aeaee648c34a29bc11aeefeadcf"],
  ],
  ["n-plus-one", "POST /cart on the frontend now needs 0.83 s at p95.", ["metric:6"]],
  [
    "small-pool",
    "Inventory requests started failing at 09:11, currently at about 34 %.",
    ["metric:3"],
  ],
  ["small-pool", "Checkout can't complete roughly a quarter of its requests (25 %).", ["metric:8"]],
  [
    "small-pool",
    'The message "no connection to orders-db" shows up over a thousand times in the inventory logs.',
    ["log:0"],
  ],
  [
    "small-pool",
    "Within seconds of the onset, a configuration change to inventory had gone live (09:11:28).",
    ["change:b3c5f637f6ec793769782965926094cbc0e5cd3e"],
  ],
  [
    "small-pool",
    "Waiting for the pool takes 0.29 s at p95, a huge jump from 0.95 ms.",
    ["metric:0"],
  ],
  ["small-pool", "The frontend start page got slower: GET / has a p95 of 0.24 s.", ["metric:1"]],
  [
    "small-pool",
    "3.3 pool timeouts per second are being recorded for inventory; there were none before.",
    ["metric:10"],
  ],
  ["small-pool", "Calls from frontend to checkout fail 25 % of the time.", ["metric:9"]],
  [
    "small-pool",
    "Commit 3257d66 sorts the product list by name and has run since 09:07:04.",
    ["change:3257d66580f1bdcd6208cdaf13da8309a117ab14"],
  ],
  [
    "small-pool",
    'The change set "size" to 1 in config/inventory.json, previously it was 20.',
    ["change:b3c5f637f6ec793769782965926094cbc0e5cd3e"],
  ],
  [
    "provider-down",
    "Four out of five payment attempts from checkout fail at the moment (80 %).",
    ["metric:3"],
  ],
  [
    "provider-down",
    "Response times of checkout degraded sharply, reaching 2.5 s at the 95th percentile.",
    ["metric:8"],
  ],
  ["provider-down", "More than half of checkout's requests produce errors.", ["metric:5"]],
  ["provider-down", "The logs keep repeating that the upstream bank is unavailable.", ["log:3"]],
  ["provider-down", "The problem is limited to POST /pay.", ["scope"]],
  ["provider-down", "inventory remains unaffected.", ["examined:inventory"]],
  ["provider-down", "Payments stands out as the most suspicious service.", ["services"]],
  [
    "provider-down",
    "From 09:11 onwards, frontend saw errors on POST /buy, 80 % of them.",
    ["metric:0"],
  ],
  [
    "provider-down",
    "3ce1943 had been running for 9 min when the trouble began.",
    ["change:3ce194349b5bd5d5fdcbc2e173146d70273c76de"],
  ],
  ["provider-down", "562 times checkout noted that payments did not answer in time.", ["log:1"]],
  [
    "memory-leak",
    "The frontend heap is eight times larger than it used to be (214 MiB vs 26 MiB).",
    ["metric:0"],
  ],
  [
    "memory-leak",
    "Frontend consumes 282 MiB of memory, more than double the usual 112 MiB.",
    ["metric:1"],
  ],
  [
    "memory-leak",
    "Garbage collector pauses lengthened on frontend, from 1.6 to 11 ms.",
    ["metric:7"],
  ],
  ["memory-leak", "All of the shift falls on version 0a0955b.", ["scope"]],
  [
    "memory-leak",
    "The summer-banner flag had been on for four minutes at that point.",
    ["change:summer-banner"],
  ],
  [
    "memory-leak",
    "Checkout and payments were checked and look fine.",
    ["examined:checkout", "examined:payments"],
  ],
  [
    "memory-leak",
    "frontend's event loop lags noticeably: p99 54 ms, baseline 13 ms.",
    ["metric:6"],
  ],
  ["memory-leak", "Used heap climbed steadily to 109 MiB.", ["metric:5"]],
  [
    "blocking-flag",
    "Slices by version show 6e9023f alone carrying the load: 0.58 cores against 0.033.",
    ["metric:0"],
  ],
  [
    "blocking-flag",
    "Database calls from checkout to orders-db got slow, p95 0.83 s rather than 19 ms.",
    ["metric:2"],
  ],
  [
    "blocking-flag",
    "Turning on signed-receipts happened at 02:45:35, just 10 s before the onset.",
    ["change:signed-receipts"],
  ],
  ["blocking-flag", "58 log entries of checkout complain that payments did not answer.", ["log:1"]],
  [
    "blocking-flag",
    "The slowest route is POST /buy on the frontend with a p95 of 4.7 s.",
    ["metric:6"],
  ],
  ["traffic-surge", "Roughly a third of reservations at inventory fail (34 %).", ["metric:6"]],
  ["traffic-surge", "Half of the inventory requests take 0.65 s or longer.", ["metric:5"]],
  [
    "traffic-surge",
    "Since 02:45 checkout logged 5,643 answers from inventory that mention a pool timeout.",
    ["log:1"],
  ],
  [
    "traffic-surge",
    "2603b18 went live seven minutes before the onset on inventory.",
    ["change:2603b18bcacea111d2dc66aa85ebefe191d162f3"],
  ],
  ["traffic-surge", "Frontend pages got slower, for instance GET / at 0.65 s.", ["metric:3"]],
  [
    "generated 1",
    "Throughput of orders-api fell by more than half, to 17 requests per second.",
    ["metric:3"],
  ],
  [
    "generated 1",
    "The last time this happened (INC-31), rolling back orders-api ended it within 14 minutes.",
    ["incident:31"],
  ],
  ["generated 1", "Tail latency of orders-api is at 2 s, tenfold its usual 0.21 s.", ["metric:1"]],
  ["generated 1", "Lock acquisition on invoices failed 71 times in orders-api.", ["log:0"]],
];
