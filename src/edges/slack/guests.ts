/** Whether a channel holds somebody who is no full member of the workspace: it is external then (DESIGN §14). */

import type { WebClient } from "@slack/web-api";
import type { ChannelRow } from "../../flows/change.ts";
import { atMost } from "../at-most.ts";
import { isRefusedWith, isUnseen } from "./outcome-of-call.ts";

const membersPerPage = 1_000;
const pagesMax = 20;
/** More people than that are asked for as a whole. */
const singlyMax = 20;
const atOnceMax = 5;
/** Somebody rarely becomes a guest, or stops being one. */
const keptMs = 3_600_000;

interface Told {
  readonly id?: string;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
}

export type HasGuest = (channel: string) => Promise<boolean>;

/** What is known of it otherwise, with who is in it. */
export function withGuests(row: ChannelRow | null, isMixed: boolean): ChannelRow | null {
  return row !== null && isMixed ? { ...row, kind: "external" } : row;
}

/**
 * Guests of one or of several channels, and people of other organisations. Whom Slack does not show is one; where the
 * app may not ask about people at all, nobody is. Rejects where Slack cannot tell now.
 */
export function guestsOn(client: WebClient, now: () => number = Date.now): HasGuest {
  const kept = new Map<string, { readonly isGuest: boolean; readonly until: number }>();
  const gate = atMost(atOnceMax);
  const keep = (id: string, isGuest: boolean) => kept.set(id, { isGuest, until: now() + keptMs });
  const isUnknown = (id: string) => (kept.get(id)?.until ?? 0) <= now();
  const learn = async (ids: readonly string[]) => {
    if (ids.length > singlyMax) for (const each of await everybody(client)) keepTold(each, keep);
    const rest = ids.filter(isUnknown);
    // So many strangers to a list of everybody are not asked about one by one.
    if (rest.length > singlyMax) for (const id of rest) keep(id, true);
    else await Promise.all(rest.map((id) => gate(async () => keep(id, await asGuest(client, id)))));
  };
  return async (channel) => {
    const members = await membersOf(client, channel);
    try {
      await learn(members.filter(isUnknown));
    } catch (error) {
      if (isRefusedWith(error, "missing_scope")) return false;
      throw error;
    }
    return members.some((id) => kept.get(id)?.isGuest === true);
  };
}

function keepTold(told: Told, keep: (id: string, isGuest: boolean) => void): void {
  if (told.id !== undefined) keep(told.id, isGuestBy(told));
}

function isGuestBy(told: Told): boolean {
  return [told.is_restricted, told.is_ultra_restricted, told.is_stranger].includes(true);
}

async function asGuest(client: WebClient, user: string): Promise<boolean> {
  try {
    const answer = await client.users.info({ user });
    return answer.user === undefined || isGuestBy(answer.user);
  } catch (error) {
    if (isUnseen(error) && !isRefusedWith(error, "missing_scope")) return true;
    throw error;
  }
}

/** None of a channel that is out of sight. */
async function membersOf(client: WebClient, channel: string): Promise<readonly string[]> {
  try {
    return await paged(async (cursor) => {
      const answer = await client.conversations.members({
        channel,
        limit: membersPerPage,
        ...cursor,
      });
      return { items: answer.members ?? [], next: answer.response_metadata?.next_cursor };
    });
  } catch (error) {
    if (isUnseen(error)) return [];
    throw error;
  }
}

function everybody(client: WebClient): Promise<readonly Told[]> {
  return paged(async (cursor) => {
    const answer = await client.users.list({ limit: membersPerPage, ...cursor });
    return { items: answer.members ?? [], next: answer.response_metadata?.next_cursor };
  });
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

async function paged<T>(
  read: (cursor: { readonly cursor?: string }) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const { items, next } = await read(cursor === undefined ? {} : { cursor });
    all.push(...items);
    if (!next) break;
    cursor = next;
  }
  return all;
}
