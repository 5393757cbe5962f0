/** What was said in channels, in memory, with the same promises as PostgreSQL's. */

import type { ChannelRow } from "../../src/flows/change.ts";
import type { KeptMessage } from "../../src/flows/chat.ts";
import type { MessageChange } from "../../src/flows/message-change.ts";
import type { OpenChannel, Store, StoredIncident } from "../../src/flows/ports.ts";

export function fakeMessages(): Pick<Store, "messagesOf"> & {
  readonly openChannels: (
    incidents: readonly (StoredIncident & { readonly isOpen: boolean })[],
    channels: ReadonlyMap<string, ChannelRow>,
    named: readonly string[] | null,
  ) => OpenChannel[];
  readonly write: (messages: MessageChange | undefined) => void;
} {
  /** null: it is gone. */
  const kept = new Map<string, Map<string, KeptMessage | null>>();
  const readTo = new Map<string, string>();
  return {
    openChannels: (incidents, channels, named) =>
      incidents
        .filter(({ isOpen, channel }) => isOpen && (named?.includes(channel) ?? true))
        .map(({ id: incident, channel }) => {
          const name = channels.get(channel)?.name ?? "";
          return { incident, channel, name, readTo: readTo.get(channel) ?? null };
        }),
    messagesOf: async (_workspace, { channel, since }) =>
      [...(kept.get(channel)?.values() ?? [])]
        .filter((each) => each !== null)
        .filter(({ ts }) => Number(ts) * 1000 >= since.getTime())
        .toSorted((a, b) => Number(a.ts) - Number(b.ts))
        .slice(-500),
    write: (messages) => {
      if (messages === undefined) return;
      const { channel, said = [], edited = [], gone = [], readTo: to } = messages;
      const all = kept.get(channel) ?? new Map<string, KeptMessage | null>();
      const isNewer = (each: KeptMessage) => {
        const known = all.get(each.ts);
        return known !== null && (known?.editedTs ?? "") <= (each.editedTs ?? "");
      };
      for (const each of said) if (isNewer(each)) all.set(each.ts, each);
      for (const each of edited) if (all.has(each.ts) && isNewer(each)) all.set(each.ts, each);
      for (const ts of gone === "all" ? [...all.keys()] : gone) all.set(ts, null);
      kept.set(channel, all);
      if (to !== undefined && to > (readTo.get(channel) ?? "")) readTo.set(channel, to);
    },
  };
}
