/** Messages and a modal such as the bot posts, for tests of the page. */

const plain = (text: string) => ({ type: "plain_text" as const, text });
const mrkdwn = (text: string) => ({ type: "mrkdwn" as const, text });
const option = (text: string, value: string) => ({ text: plain(text), value });

export const livingMessage = (imageId: string) => [
  {
    type: "section" as const,
    text: mrkdwn(
      "● *SEV2 Investigating*: checkout p99 <http://127.0.0.1/m|4.1 s> (normal 0.4), still rising. Lead <@U00000000ANA>. INC-42, since 14:02",
    ),
  },
  {
    type: "context" as const,
    elements: [
      mrkdwn("Affects: only `POST /pay`, all regions, only version `3f2a91c`. Read 14:25"),
    ],
  },
  {
    type: "section" as const,
    text: mrkdwn(
      "*First:* Roll back checkout (worked 4 of 5). *Find out:* pool waits (<@U000000000BO> on it)",
    ),
  },
  { type: "divider" as const },
  {
    type: "section" as const,
    text: mrkdwn(
      [
        "*What is known*",
        "• p99 of checkout 0.4 s → 4.1 s since 14:02",
        "• PR <http://127.0.0.1/pr|#311> live at 14:00:30, touched `orders/query.ts`, +48 −12: in flight when it began",
        '• new log line, 1,204× since 14:02: "pool exhausted, waited &lt;n&gt; ms"',
        "Not read: Loki (no answer in 5 s). ~Cache misses up~ recovered 14:20.",
      ].join("\n"),
    ),
  },
  {
    type: "image" as const,
    slack_file: { id: imageId },
    alt_text: "p99 of checkout rises from 0.4 s to 4.1 s at 14:02",
  },
  {
    type: "section" as const,
    fields: [mrkdwn("*Severity*\nSEV2"), mrkdwn("*Lead*\n<@U00000000ANA>")],
  },
  {
    type: "actions" as const,
    elements: [
      {
        type: "button" as const,
        action_id: "steps",
        text: plain("Steps"),
        style: "primary" as const,
      },
      { type: "button" as const, action_id: "lead", text: plain("Take lead") },
      {
        type: "button" as const,
        action_id: "mute",
        text: plain("Mute"),
        confirm: {
          title: plain("Mute Hindsight here?"),
          text: mrkdwn("It keeps reading and stops posting. Anyone can resume it."),
          confirm: plain("Mute"),
          deny: plain("Keep posting"),
          style: "danger" as const,
        },
      },
    ],
  },
];

export const step = [
  { type: "header" as const, text: plain("Stop the bleeding") },
  {
    type: "section" as const,
    text: mrkdwn(
      [
        "*1. Roll back checkout to 9c1d2e0.* About 6 min, disruptive, can be undone",
        "Why: live 90 s before onset; its diff changes the query that the slow calls make.",
        "```kubectl -n shop rollout undo deploy/checkout --to-revision=41\n# undo: kubectl -n shop rollout undo deploy/checkout --to-revision=42```",
        "&gt; Expect p99 below 0.5 s within 3 min. If not, it is not the deploy.",
        "_Worked in 4 of 5 similar incidents, 2 on checkout, median 6 min._",
      ].join("\n"),
    ),
  },
  {
    type: "actions" as const,
    block_id: "step-1",
    elements: [
      { type: "button" as const, action_id: "claim", text: plain("I'm on it"), value: "step-1" },
      {
        type: "overflow" as const,
        action_id: "more",
        options: [
          option("Helped", "helped"),
          option("Ruled out", "ruled-out"),
          option("Not for us", "dismissed"),
        ],
      },
    ],
  },
];

export const modal = {
  type: "modal" as const,
  callback_id: "rule-out",
  title: plain("Rule it out"),
  submit: plain("Save"),
  blocks: [
    { type: "section" as const, text: mrkdwn("*Roll back checkout to 9c1d2e0*") },
    {
      type: "input" as const,
      block_id: "why",
      label: plain("What did you see?"),
      hint: plain("One sentence is enough. It is kept with the incident."),
      element: { type: "plain_text_input" as const, action_id: "text", multiline: true },
    },
    {
      type: "input" as const,
      block_id: "cause",
      optional: true,
      label: plain("Kind of cause"),
      element: {
        type: "static_select" as const,
        action_id: "choice",
        options: [option("Deploy", "deploy"), option("Configuration", "configuration")],
      },
    },
    {
      type: "input" as const,
      block_id: "sure",
      label: plain("How sure are you?"),
      element: {
        type: "radio_buttons" as const,
        action_id: "choice",
        options: [option("Sure", "sure"), option("Likely", "likely")],
      },
    },
  ],
};
