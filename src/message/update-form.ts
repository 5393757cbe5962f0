/** The form of a stakeholder update: what is known, whom it hits, and when the next one comes. */

import { updateMinutes } from "../incident/update-due.ts";
import type { ChannelId, Severity } from "../vocabulary.ts";
import { input, modal, selectInput, textInput } from "./form.ts";

export const updateCallback = "incident:update";
const knownInput = "update:known";
const impactInput = "update:impact";
const nextInput = "update:next";
const textMax = 1_000;

/** By the minutes that they mean; the last one ends them. */
const nextWords: Readonly<Record<string, string>> = {
  "15": "in 15 minutes",
  "30": "in 30 minutes",
  "60": "in an hour",
  "120": "in 2 hours",
  "240": "in 4 hours",
  none: "no further update",
};

/** `known`: what is filled in already. */
export function updateModal(
  channel: ChannelId,
  { known, severity }: { readonly known: string; readonly severity: Severity },
): Readonly<Record<string, unknown>> {
  const usual = String(updateMinutes[severity] ?? "none");
  return modal({ callback: updateCallback, about: channel, title: "Update", submit: "Post" }, [
    input(knownInput, "What is known?", textInput(knownInput, textMax, known)),
    input(impactInput, "Who notices what?", textInput(impactInput, textMax), "optional"),
    input(nextInput, "Next update", selectInput(nextInput, nextWords, usual)),
  ]);
}

export interface UpdateTold {
  readonly known: string;
  /** "" where nothing was said of it. */
  readonly impact: string;
  /** null: there will be none. */
  readonly nextMinutes: number | null;
}

export type ParsedUpdate =
  | ({ readonly ok: true } & UpdateTold)
  /** By the id of the block that is at fault. */
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** `values`: by action id. */
export function parseUpdate(values: Readonly<Record<string, string>>): ParsedUpdate {
  const [known = "", impact = ""] = [knownInput, impactInput].map((id) =>
    (values[id] ?? "").trim().slice(0, textMax),
  );
  if (known === "")
    return { ok: false, errors: { [knownInput]: "Say in a sentence what is known." } };
  const next = values[nextInput] ?? "";
  return { ok: true, known, impact, nextMinutes: /^\d+$/.test(next) ? Number(next) : null };
}
