/** The rules that were given in the chat: their list with a button to revoke each, and the form of another. */

import type { Rule } from "../catalog/rule.ts";
import { constraintOf } from "../catalog/rule.ts";
import type { ChannelId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, section } from "./blocks.ts";
import type { Block, MessageBody } from "./body.ts";
import { cut, escape, person, plain } from "./escape.ts";
import { input, modal, selectInput, textInput } from "./form.ts";
import { nearest } from "./nearest.ts";
import { message } from "./pen.ts";

export const ruleCallback = "rule:add";
const inputs = { forbid: "rule:forbid", because: "rule:because", until: "rule:until" } as const;
const textMax = 200;
/** Two blocks a rule stay under Slack's fifty. */
const rulesMax = 20;
const forbiddenMax = 10;
const dayMs = 86_400_000;

/** By days from now. */
const untilWords: Readonly<Record<string, string>> = {
  "1": "tomorrow evening",
  "7": "in a week",
  "30": "in 30 days",
  "90": "in 90 days",
  none: "until it is revoked",
};

export function rulesMessage(rules: readonly Rule[]): MessageBody {
  const rest = rules.length - rulesMax;
  const head =
    rules.length === 0
      ? "No rule was given here. Those of the catalog hold besides."
      : "No step is offered that these forbid, nor those of the catalog:";
  const more = rest > 0 ? [`and ${rest} more`] : [];
  const shown = rules.slice(0, rulesMax);
  return message(
    [head, ...shown.map(ruleLine), ...more],
    [
      section(head),
      ...shown.flatMap((rule): Block[] => [
        section(ruleLine(rule)),
        actions(button("Revoke", actionIds.revokeRule, rule.id)),
      ]),
      ...more.map(section),
      actions(button("Add a rule", actionIds.addRule, "rule")),
    ],
  );
}

/** "risk:disruptive: freeze before the sale, by @ana, until 2026-12-31" */
function ruleLine({ forbid, because, by, until }: Rule): string {
  const what = escape(cut(plain(forbid.join(", ")), textMax));
  const end = until === undefined ? "" : `, until ${until}`;
  return `${what}: ${escape(cut(plain(because), textMax))}, by ${person(by)}${end}`;
}

export function ruleModal(channel: ChannelId): Readonly<Record<string, unknown>> {
  const frame = { callback: ruleCallback, about: channel, title: "Add a rule", submit: "Forbid" };
  return modal(frame, [
    {
      ...input(inputs.forbid, "What must not be offered?", textInput(inputs.forbid, textMax)),
      hint: {
        type: "plain_text",
        text: "Steps by id, or risk:disruptive, mechanism:deploy, command:kubectl delete; commas between",
      },
    },
    input(inputs.because, "Why?", textInput(inputs.because, textMax)),
    input(inputs.until, "Until", selectInput(inputs.until, untilWords, "7")),
  ]);
}

/** The first of what is forbidden that is meant as a step's id and is none; null: all are known. */
export function unknownStep(forbid: readonly string[], ids: readonly string[]): string | null {
  return forbid.find((each) => !each.includes(":") && !ids.includes(each)) ?? null;
}

/** A rule of a mistyped step would forbid nothing, and look as if it did. */
export function noSuchId(id: string, ids: readonly string[]): MessageBody {
  const near = nearest(ids, (meant) => ({ typed: id.toLowerCase(), meant }));
  const mend =
    near === null ? "The ids stand in the files of playbook/." : `The nearest is "${near}".`;
  const line = `No step has the id "${escape(cut(plain(id), textMax))}"; nothing was forbidden. ${mend}`;
  return message([line], [section(line)]);
}

export type ParsedRule =
  | {
      readonly ok: true;
      readonly rule: Pick<Rule, "forbid" | "because"> & { readonly days: number | null };
    }
  /** By the id of the block that is at fault. */
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** `values`: by action id. */
export function parseRule(values: Readonly<Record<string, string>>): ParsedRule {
  const written = (values[inputs.forbid] ?? "").split(/[,\n]/).map((each) => each.trim());
  const forbid = written.filter((each) => each !== "").slice(0, forbiddenMax);
  const because = (values[inputs.because] ?? "").trim().slice(0, textMax);
  if (because === "")
    return { ok: false, errors: { [inputs.because]: "Say why, for whoever asks." } };
  const constraint = constraintOf({ forbid, because });
  if ("part" in constraint) {
    return {
      ok: false,
      errors: { [inputs[constraint.part]]: constraint.message.slice(0, textMax) },
    };
  }
  const days = /^\d+$/.test(values[inputs.until] ?? "") ? Number(values[inputs.until]) : null;
  return { ok: true, rule: { forbid, because, days } };
}

/** YYYY-MM-DD in UTC; undefined: it ends only when it is revoked. */
export function untilOf(days: number | null, now: Date): string | undefined {
  if (days === null) return undefined;
  return new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10);
}
