/** A third round, written when the gate was whole; its first figures are in docs/benchmarks.md too. */

import type { ByHand } from "./by-hand.ts";

export const trueByHandThird: readonly ByHand[] = [
  [
    "n-plus-one",
    "p95 of checkout climbed to 1.1 s at 09:11, about three times the usual 0.37 s.",
    ["metric:3"],
  ],
  [
    "n-plus-one",
    "The number of statements that checkout sends has grown to 518 per second.",
    ["metric:9"],
  ],
  ["n-plus-one", "The frontend is also slower, with p95 at 1 s since 09:11.", ["metric:5"]],
  [
    "n-plus-one",
    "Four commits to checkout went live within the last minutes before the onset, among them af37d3b.",
    ["change:af37d3bd7aa1733e13980777469f45b62eff721f"],
  ],
  [
    "n-plus-one",
    "af37d3b was in flight when the latency rose.",
    ["change:af37d3bd7aa1733e13980777469f45b62eff721f"],
  ],
  ["n-plus-one", "inventory shows no change in its metrics.", ["examined:inventory"]],
  [
    "n-plus-one",
    "Calls per second from checkout to orders-db are 18 times higher than before.",
    ["metric:10"],
  ],
  ["n-plus-one", "Median latency at checkout more than doubled, to 0.6 s.", ["metric:4"]],
  ["small-pool", "Pool waits at inventory went from below 1 ms to 0.29 s.", ["metric:0"]],
  [
    "small-pool",
    "The error share of inventory stands at 34 %, from 0 % before 09:11.",
    ["metric:3"],
  ],
  ["small-pool", "Customers see errors on POST /buy: 34 % of those requests fail.", ["metric:2"]],
  [
    "small-pool",
    "The configuration of inventory was changed at 09:11:28, 10 s before the onset.",
    ["change:b3c5f637f6ec793769782965926094cbc0e5cd3e"],
  ],
  [
    "small-pool",
    "Its diff lowers the pool size from 20 to 1.",
    ["change:b3c5f637f6ec793769782965926094cbc0e5cd3e"],
  ],
  ["small-pool", "Log lines of inventory report pool timeouts after 250 ms.", ["log:0"]],
  [
    "small-pool",
    "checkout and frontend log the same pool timeout, 1,020 times each.",
    ["log:1", "log:2"],
  ],
  [
    "provider-down",
    "80 % of the calls from checkout to payments fail, and their p95 is 2.6 s.",
    ["metric:3", "metric:1"],
  ],
  ["provider-down", "All of the shift is on route POST /pay.", ["scope"]],
  [
    "provider-down",
    'The log of checkout is full of "upstream bank unavailable" (1,753 lines).',
    ["log:3"],
  ],
  [
    "provider-down",
    "inventory and payments-backup were examined and show nothing unusual.",
    ["examined:inventory", "examined:payments-backup"],
  ],
  ["provider-down", "The errors of checkout began at 09:11 and reach 58 %.", ["metric:5"]],
  [
    "memory-leak",
    "Heap size of frontend rose from 26 MiB to 214 MiB, starting at 02:45.",
    ["metric:0"],
  ],
  ["memory-leak", "The process of frontend now holds 282 MiB, up from 112 MiB.", ["metric:1"]],
  ["memory-leak", "gc duration of frontend is seven times its usual value.", ["metric:7"]],
  [
    "memory-leak",
    "The deploy of frontend 0a0955b replaced 44660ce.",
    ["change:deploy-frontend-0a0955b-1795747538"],
  ],
  [
    "blocking-flag",
    "The flag signed-receipts went on 10 s before the onset and concerns checkout.",
    ["change:signed-receipts"],
  ],
  ["blocking-flag", "cpu of checkout is ten times as high as before, at 0.61 cores.", ["metric:1"]],
  ["blocking-flag", "Only version 6e9023f of checkout shows the shift.", ["scope"]],
  ["blocking-flag", "payments did not answer checkout within 2000 ms in 58 cases.", ["log:1"]],
  ["traffic-surge", "Errors on POST /reserve of inventory are at 34 %.", ["metric:6"]],
  [
    "traffic-surge",
    "The heap of the frontend is five times as large as before (149 MiB).",
    ["metric:4"],
  ],
  [
    "traffic-surge",
    "commit 2603b18 sorts the product list by name.",
    ["change:2603b18bcacea111d2dc66aa85ebefe191d162f3"],
  ],
  ["generated 1", "orders-api now serves 17 requests per second instead of 42.", ["metric:3"]],
];

export const falseByHandThird: readonly ByHand[] = [
  ["n-plus-one", "p95 of checkout climbed to 1.1 s at 09:41.", ["metric:3"]],
  ["n-plus-one", "p95 of checkout is 1.9 s.", ["metric:3"]],
  [
    "n-plus-one",
    "The slow statements of checkout come with af37d3b.",
    ["change:af37d3bd7aa1733e13980777469f45b62eff721f", "metric:9"],
  ],
  [
    "n-plus-one",
    "Without af37d3b checkout would be fast.",
    ["change:af37d3bd7aa1733e13980777469f45b62eff721f"],
  ],
  ["n-plus-one", "inventory shows a change in its metrics.", ["examined:inventory"]],
  [
    "n-plus-one",
    "Calls per second from frontend to orders-db are 18 times higher than before.",
    ["metric:10"],
  ],
  ["n-plus-one", "Median latency at checkout more than quadrupled.", ["metric:4"]],
  [
    "n-plus-one",
    "af37d3b is live since 09:01:28.",
    ["change:af37d3bd7aa1733e13980777469f45b62eff721f"],
  ],
  ["n-plus-one", "p95 of checkout improved to 0.37 s.", ["metric:3"]],
  ["small-pool", "Pool waits at checkout went from below 1 ms to 0.29 s.", ["metric:0"]],
  ["small-pool", "The error share of inventory stands at 43 %.", ["metric:3"]],
  [
    "small-pool",
    "Its diff lowers the pool size from 20 to 10.",
    ["change:b3c5f637f6ec793769782965926094cbc0e5cd3e"],
  ],
  ["small-pool", "The pool is too small for the load.", ["metric:0"]],
  ["small-pool", "inventory logs pool timeouts after 500 ms.", ["log:0"]],
  ["small-pool", "orders-db logs the pool timeouts, 1,082 of them.", ["log:0"]],
  [
    "small-pool",
    "As soon as the configuration changed, inventory failed.",
    ["change:b3c5f637f6ec793769782965926094cbc0e5cd3e", "metric:3"],
  ],
  [
    "small-pool",
    "The change to config/checkout.json is the one to look at.",
    ["change:b3c5f637f6ec793769782965926094cbc0e5cd3e"],
  ],
  ["provider-down", "8 out of 100 calls from checkout to payments fail.", ["metric:3"]],
  ["provider-down", "payments is slow on its own, at 2.6 s.", ["examined:inventory"]],
  ["provider-down", "The shift is everywhere.", ["scope"]],
  ["provider-down", 'checkout logged "bank unreachable" 1,753 times.', ["log:3"]],
  ["provider-down", "The bank has an outage in Frankfurt.", ["log:3"]],
  ["provider-down", "The errors of checkout peaked at 58 % and are falling.", ["metric:5"]],
  [
    "provider-down",
    "3ce1943 reached checkout after the errors began.",
    ["change:3ce194349b5bd5d5fdcbc2e173146d70273c76de", "metric:5"],
  ],
  ["memory-leak", "Heap size of frontend rose from 214 MiB to 26 MiB.", ["metric:0"]],
  ["memory-leak", "The process of frontend now holds 282 KiB.", ["metric:1"]],
  [
    "memory-leak",
    "The deploy of frontend 44660ce replaced 0a0955b.",
    ["change:deploy-frontend-0a0955b-1795747538"],
  ],
  ["memory-leak", "The memory of frontend is not released.", ["metric:1"]],
  [
    "blocking-flag",
    "The flag signed-receipts is on for half of the users.",
    ["change:signed-receipts"],
  ],
  [
    "blocking-flag",
    "The flag signed-receipts went on 10 min before the onset.",
    ["change:signed-receipts"],
  ],
  ["blocking-flag", "checkout did not answer payments within 2000 ms.", ["log:1"]],
  ["traffic-surge", "Twice as many requests reach the frontend.", ["metric:3"]],
  [
    "traffic-surge",
    "2603b18 belongs to checkout.",
    ["change:2603b18bcacea111d2dc66aa85ebefe191d162f3"],
  ],
  ["generated 1", "orders-api now serves 71 requests per second.", ["metric:3"]],
];
