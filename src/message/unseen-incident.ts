/** That another tool told of an incident in a channel that the bot is not in, and the mend. */

import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, plain } from "./escape.ts";
import { message } from "./pen.ts";

const nameMax = 80;

export interface UnseenView {
  /** The event's own, as the tool calls it. */
  readonly id: string;
  /** As the tool names it; null: not for everybody to know. */
  readonly channel: string | null;
}

export function unseenIncident({ id, channel }: UnseenView): MessageBody {
  const where = channel === null ? "a channel" : quoted(channel);
  const named = channel === null ? " The log names the channel." : "";
  const line = `A hook told of an incident (${quoted(id)}) in ${where} that I cannot see; nothing of it is kept here. Invite me there with "/invite @hindsight"; what is told from then on counts.${named}`;
  return message([line], [section(line)]);
}

function quoted(text: string): string {
  return escape(cut(plain(text), nameMax));
}
