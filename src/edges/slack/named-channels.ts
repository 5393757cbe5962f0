/** Channels by their names: looked for, and made. Slack knows them by ids, people by names. */

import type { WebClient } from "@slack/web-api";
import type { ChannelRow } from "../../flows/change.ts";
import type { Chat } from "../../flows/chat.ts";
import { withGuests, type HasGuest } from "./guests.ts";
import { isRefusedWith, isUnseen, outcomeOfError, wordsOf } from "./outcome-of-call.ts";

const channelsPerPage = 1_000;
/** 20,000 channels; a name beyond them is not found, its id is. */
const pagesMax = 20;
/** A channel may be made or renamed at any time, and Slack lets itself be asked for all of them twenty times a minute. */
const keptMs = 600_000;
const keptMissingMs = 60_000;

interface Told {
  readonly id?: string;
  readonly name?: string;
  readonly is_ext_shared?: boolean;
  readonly is_pending_ext_shared?: boolean;
  readonly is_private?: boolean;
  readonly is_im?: boolean;
  readonly is_mpim?: boolean;
  readonly is_archived?: boolean;
}

export function rowOf(channel: Told): ChannelRow | null {
  if (channel.id === undefined) return null;
  const isExternal = channel.is_ext_shared === true || channel.is_pending_ext_shared === true;
  const isPrivate =
    channel.is_private === true || channel.is_im === true || channel.is_mpim === true;
  return {
    id: channel.id,
    name: channel.name ?? channel.id,
    kind: isExternal ? "external" : isPrivate ? "private" : "public",
    isArchived: channel.is_archived === true,
  };
}

/** What was found is kept for ten minutes, that nothing was for one. */
export function namedChannelsOn(
  client: WebClient,
  hasGuest: HasGuest,
  now: () => number = Date.now,
): Pick<Chat, "channelNamed" | "createChannel"> {
  const kept = new Map<string, { readonly row: ChannelRow | null; readonly until: number }>();
  const channelNamed = async (told: string): Promise<ChannelRow | null> => {
    const name = told.replace(/^#/, "");
    const known = kept.get(name);
    if (known !== undefined && known.until > now()) return known.row;
    const row = await findAgain(client, name, { known: known?.row ?? null, hasGuest });
    kept.set(name, { row, until: now() + (row === null ? keptMissingMs : keptMs) });
    return row;
  };
  return {
    channelNamed,
    createChannel: async (name) => {
      try {
        const { channel } = await client.conversations.create({ name });
        return channel === undefined ? null : rowOf(channel);
      } catch (error) {
        if (isRefusedWith(error, "name_taken")) return find(client, name);
        const outcome = outcomeOfError(error);
        const isFinal = outcome.kind === "refused" || outcome.reason === "missing_scope";
        if (isFinal) return null;
        throw new Error(wordsOf(error), { cause: error });
      }
    },
  };
}

/** Where Slack does not answer, what was there is there. */
async function findAgain(
  client: WebClient,
  name: string,
  { known, hasGuest }: { readonly known: ChannelRow | null; readonly hasGuest: HasGuest },
): Promise<ChannelRow | null> {
  try {
    const row = await find(client, name);
    return withGuests(row, row !== null && (await hasGuest(row.id)));
  } catch (error) {
    if (known !== null) return known;
    throw error;
  }
}

async function find(client: WebClient, name: string): Promise<ChannelRow | null> {
  if (/^[CG][A-Z0-9]{6,}$/.test(name)) return byId(client, name);
  // Private ones are seen where the app may see them.
  const among = await listed(client, name, "public_channel,private_channel");
  return among === "not-allowed" ? notAllowed(await listed(client, name, "public_channel")) : among;
}

function notAllowed(among: ChannelRow | null | "not-allowed"): ChannelRow | null {
  return among === "not-allowed" ? null : among;
}

async function byId(client: WebClient, channel: string): Promise<ChannelRow | null> {
  try {
    const answer = await client.conversations.info({ channel });
    return answer.channel === undefined ? null : rowOf(answer.channel);
  } catch (error) {
    if (isUnseen(error)) return null;
    throw new Error(wordsOf(error), { cause: error });
  }
}

async function listed(
  client: WebClient,
  name: string,
  types: string,
): Promise<ChannelRow | null | "not-allowed"> {
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    try {
      const answer: { channels?: Told[]; response_metadata?: { next_cursor?: string } } =
        await client.conversations.list({
          types,
          exclude_archived: true,
          limit: channelsPerPage,
          ...(cursor === undefined ? {} : { cursor }),
        });
      const found = answer.channels?.find((channel) => channel.name === name);
      if (found !== undefined) return rowOf(found);
      cursor = answer.response_metadata?.next_cursor;
      if (!cursor) return null;
    } catch (error) {
      if (isUnseen(error)) return "not-allowed";
      throw new Error(wordsOf(error), { cause: error });
    }
  }
  return null;
}
