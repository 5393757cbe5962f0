/** What is put wrong in the half that the gate was not tuned on. */

import type { Wrongs } from "./falsehoods.ts";
import { capital, clock } from "./saying.ts";

export const heldWrongs: Wrongs = {
  invented: [
    "compare it with 5fe02bc",
    "the toggle use_legacy_path is worth a look",
    "`db.client.connections.usage` agrees",
    "look into charts/values-prod.yaml",
    "merge request 3381 is similar",
    "axios@1.7.4 is installed",
    "incident 512 looked the same",
    "pod cart-7d9f6b5c4-x2x9z is the worst one",
    "the repository shop-infra has the manifests",
    "ask Dmitri for the numbers",
    "the broker is kafka-3.internal.example",
    "build 20260114.7 is running",
  ],
  services: ["fulfilment", "mailer-svc", "PostgreSQL", "the gateway"],
  factors: [1.3, 3.2, 0.45, 100, 7],
  opposites: [
    ["jump", "drop"],
    ["spiked", "sank"],
    ["growing", "shrinking"],
    ["worse", "better"],
    ["rose", "fell"],
  ],
  claims: [
    [
      "causal",
      (m, c) => ({
        text: `${c.short} is behind the move in ${m.words} of ${m.service}.`,
        cites: [m.cite, c.cite],
      }),
    ],
    [
      "causal",
      (m, c) => ({
        text: `What broke ${m.service} is ${c.short}; ${m.words} shows it.`,
        cites: [m.cite, c.cite],
      }),
    ],
    [
      "causal",
      (m, c) => ({
        text: `It looks like ${c.short} made ${m.service} slow, as ${m.words} tells.`,
        cites: [m.cite, c.cite],
      }),
    ],
    [
      "causal",
      (m, c) => ({
        text: `${capital(m.words)} of ${m.service} moved, which ${c.short} explains.`,
        cites: [m.cite, c.cite],
      }),
    ],
    [
      "causal",
      (m, c) => ({
        text: `The likely culprit for ${m.words} of ${m.service}: ${c.short}.`,
        cites: [m.cite, c.cite],
      }),
    ],
    [
      "causal",
      (m, _, of) => {
        const other = of.services.find((each) => each !== m.service && each !== m.callee);
        return {
          text: `${capital(m.words)} of ${m.service} suffers from ${other}.`,
          cites: [m.cite],
        };
      },
    ],
    [
      "time order reversed",
      (m, c) => ({
        text: `By the time ${c.short} was live, ${m.words} of ${m.service} had already moved.`,
        cites: [m.cite, c.cite],
      }),
    ],
    [
      "time order reversed",
      (m, c) => ({
        text: `First ${m.words} of ${m.service} moved, then ${c.short} went live.`,
        cites: [m.cite, c.cite],
      }),
    ],
    [
      "time without finding",
      (a, _, of) => {
        const b = of.metrics.find(({ service }) => service !== a.service);
        return b === undefined
          ? null
          : {
              text: `${capital(b.words)} of ${b.service} followed ${a.words} of ${a.service}.`,
              cites: [a.cite, b.cite],
            };
      },
    ],
    [
      "resolved",
      (m) => ({
        text: `All is well again with ${m.words} of ${m.service}, so this can be closed.`,
        cites: [m.cite],
      }),
    ],
    [
      "resolved",
      (m) => ({
        text: `${capital(m.words)} of ${m.service} is back to what it was.`,
        cites: [m.cite],
      }),
    ],
    [
      "quiet",
      (m) => ({
        text: `There is nothing unusual about ${m.words} of ${m.service}.`,
        cites: [m.cite],
      }),
    ],
    [
      "person",
      (_, c) => {
        const last = c.author?.split(" ")[1];
        return last === undefined
          ? null
          : { text: `${last} should explain ${c.short}.`, cites: [c.cite] };
      },
    ],
    [
      "person",
      (_, c) => ({
        text: `Whoever approved ${c.short}, that is Olga, was careless.`,
        cites: [c.cite],
      }),
    ],
    [
      "clock off",
      (m) => ({
        text: `It began at ${clock(m.at - 1_860)} with ${m.words} of ${m.service}.`,
        cites: [m.cite],
      }),
    ],
  ],
};
