/** The form in which an action item is added or changed. */

import {
  actionPriorities,
  actionStates,
  actionTextMax,
  type ActionItem,
  type ActionTold,
} from "../postmortem/action-record.ts";
import type { ActionId, IncidentId } from "../vocabulary.ts";
import { isAction } from "./actions.ts";
import { input, modal, selectInput, textInput } from "./form.ts";

export const actionCallback = "incident:action";
const ids = {
  text: "action:text",
  owner: "action:owner",
  due: "action:due",
  priority: "action:priority",
  state: "action:state",
  link: "action:link",
} as const;
const linkMax = 1_000;

const priorityWords = { P1: "P1, the most urgent", P2: "P2", P3: "P3" } as const;
const stateWords = { open: "Open", done: "Done", dropped: "Dropped: will not be done" } as const;

/** `item`: null for a new one. */
export function actionModal(
  incident: IncidentId,
  item: ActionItem | null,
): Readonly<Record<string, unknown>> {
  const about = item === null ? `${incident} new` : `${incident} ${item.id} ${item.revision}`;
  const frame = { callback: actionCallback, about, title: "Action item", submit: "Save" };
  const { owner = null, due = null } = item ?? {};
  const person = { type: "users_select", action_id: ids.owner };
  const day = { type: "datepicker", action_id: ids.due };
  return modal(frame, [
    input(ids.text, "What is to be done?", textInput(ids.text, actionTextMax, item?.text)),
    input(
      ids.owner,
      "Owner",
      owner === null ? person : { ...person, initial_user: owner },
      "optional",
    ),
    input(ids.due, "Due", due === null ? day : { ...day, initial_date: due }, "optional"),
    input(
      ids.priority,
      "Priority",
      selectInput(ids.priority, priorityWords, item?.priority ?? "P2"),
    ),
    ...(item === null
      ? []
      : [input(ids.state, "State", selectInput(ids.state, stateWords, item.state))]),
    input(
      ids.link,
      "Link, such as its ticket",
      { ...textInput(ids.link, linkMax, item?.link ?? ""), multiline: false },
      "optional",
    ),
  ]);
}

export type ParsedAction =
  /** `isCut`: the text was longer than may be kept. */
  | { readonly ok: true; readonly told: ActionTold; readonly isCut: boolean }
  /** By the id of the block that is at fault. */
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** `values`: by action id. */
export function parseAction(values: Readonly<Record<string, string>>): ParsedAction {
  const [text = "", owner = "", due = "", link = ""] = [ids.text, ids.owner, ids.due, ids.link].map(
    (id) => (values[id] ?? "").trim(),
  );
  const errors = {
    ...(text === "" ? { [ids.text]: "Say in a sentence what is to be done." } : {}),
    ...(due === "" || isDay(due) ? {} : { [ids.due]: "Choose a day, such as 2026-12-01." }),
    ...(link === "" || isAddress(link)
      ? {}
      : { [ids.link]: "Write an address that begins with https://, or leave it empty." }),
  };
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    isCut: text.length > actionTextMax,
    told: {
      text: text.slice(0, actionTextMax),
      owner: owner === "" ? null : owner,
      due: due === "" ? null : due,
      priority: actionPriorities.find((each) => each === values[ids.priority]) ?? "P2",
      state: actionStates.find((each) => each === values[ids.state]) ?? "open",
      link: link === "" ? null : link,
    },
  };
}

/** In this century, as every calendar shows it. */
function isDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function isAddress(text: string): boolean {
  return text.length <= linkMax && /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}

/** `item`: null for a new one. null: nothing of ours. */
export function actionAbout(about: string): {
  readonly incident: IncidentId;
  readonly item: { readonly id: ActionId; readonly revision: number } | null;
} | null {
  const [, id = "", item = "", revision = ""] =
    /^inc_(\S+) (\S+)(?: (\d{1,9}))?$/.exec(about) ?? [];
  if (id === "") return null;
  const incident = `inc_${id}` as const;
  if (item === "new") return { incident, item: null };
  return isAction(item) && revision !== ""
    ? { incident, item: { id: item, revision: Number(revision) } }
    : null;
}
