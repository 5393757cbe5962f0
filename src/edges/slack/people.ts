/** People by the names that other tools know them by. */

import type { WebClient } from "@slack/web-api";
import type { Chat } from "../../flows/chat.ts";

const peoplePerPage = 200;
/** Of a workspace with more than 2,000 people the rest is known by their ids alone. */
const pagesMax = 10;

interface Member {
  readonly id?: string;
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  readonly name?: string;
  readonly real_name?: string;
  readonly profile?: { readonly display_name?: string; readonly email?: string };
}

/** A name that two people have is nobody's; where Slack does not answer, the name itself is shown. */
export function peopleOn(client: WebClient): Chat["personNamed"] {
  return async (told) => {
    const name = told.trim().toLowerCase();
    if (name === "") return null;
    try {
      const found = (await everybody(client)).filter((member) => isNamed(member, name));
      const [only] = found;
      return found.length === 1 ? (only?.id ?? null) : null;
    } catch {
      return null;
    }
  };
}

async function everybody(client: WebClient): Promise<Member[]> {
  const all: Member[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const answer: { members?: Member[]; response_metadata?: { next_cursor?: string } } =
      await client.users.list({
        limit: peoplePerPage,
        ...(cursor === undefined ? {} : { cursor }),
      });
    all.push(...(answer.members ?? []));
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  return all;
}

function isNamed({ deleted, is_bot: isBot, name, real_name: real, profile }: Member, told: string) {
  if (deleted === true || isBot === true) return false;
  return [name, real, profile?.display_name, profile?.email].some(
    (each) => each?.toLowerCase() === told,
  );
}
