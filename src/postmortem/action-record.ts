/** An action item of an incident is a row of revisions, which are only ever added; the newest is how it stands. */

import type { ActionId, IncidentId, UserId } from "../vocabulary.ts";

export const actionPriorities = ["P1", "P2", "P3"] as const;

export const actionStates = ["open", "done", "dropped"] as const;

/** Of one incident. */
export const actionItemsMax = 100;
/** In characters. */
export const actionTextMax = 3_000;

/** What people say of one. */
export interface ActionTold {
  readonly text: string;
  readonly owner: UserId | null;
  /** A day of the calendar, "2026-12-01"; null: none is set. */
  readonly due: string | null;
  readonly priority: (typeof actionPriorities)[number];
  readonly state: (typeof actionStates)[number];
  readonly link: string | null;
}

export interface ActionItem extends ActionTold {
  readonly id: ActionId;
  readonly incidentId: IncidentId;
  /** From 1, without gaps. */
  readonly revision: number;
  /** Who told this revision, and when. */
  readonly by: UserId;
  readonly at: Date;
}

/** `today`: a day of the calendar. */
export function isOverdue({ state, due }: ActionTold, today: string): boolean {
  return state === "open" && due !== null && due < today;
}

/** Open ones first, the nearest due first, then the graver. */
export function inOrder(items: readonly ActionItem[]): readonly ActionItem[] {
  const key = ({ state, due, priority, id }: ActionItem): string =>
    `${actionStates.indexOf(state)} ${due ?? "9999"} ${priority} ${id}`;
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The items as they stand once `added` is written. */
export function withRevisions(
  items: readonly ActionItem[],
  added: readonly ActionItem[],
): readonly ActionItem[] {
  return [...new Map([...items, ...added].map((item) => [item.id, item])).values()];
}

/** The text as a sentence, so that what is told of the item can stand behind it. */
export function asSentence(text: string): string {
  return /[.!?:;…]$/.test(text.trim()) ? text : `${text}.`;
}
