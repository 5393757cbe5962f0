/** What every store promises of messages, held against the one in memory and the one on PostgreSQL alike. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { MessageChange } from "../../src/flows/message-change.ts";
import { beginning, channelRow, entry, team } from "../edges/postgres/opened.ts";
import type { OpenStore } from "./store-contract.ts";

export function messagesContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`messages ${name}`, () => {
    let opened: OpenStore;
    before(async () => {
      opened = await open();
    });
    after(() => opened[Symbol.asyncDispose]());
    const begun = async () => {
      const id = randomUUID();
      const [incident, channel] = [`inc_${id}` as const, `C${id}`];
      assert.equal(await opened.store.commit(beginning(incident, channel)), "committed");
      return { id: incident, channel };
    };

    test("keeps what was said in a channel as it stands in Slack, whatever is told first", async () => {
      const { store } = opened;
      const [{ channel }, other] = [await begun(), await begun()];
      const said = (n: number, text: string, editedTs: string | null = null) => {
        const ts = `179544390${n}.000100`;
        return { ts, user: "UANA", isBot: false, text, threadTs: null, editedTs };
      };
      const tell = (messages: Omit<MessageChange, "channel">) =>
        store.commit({ workspace: team, handled: [], messages: { channel, ...messages } });
      const kept = async (since = new Date(0), of = channel) =>
        (await store.messagesOf(team, { channel: of, since })).map(({ text }) => text);
      const edit = { ...said(2, "edited", "1795443950.000000"), sender: "Alertmanager" };
      await tell({ said: [said(1, "one"), edit] });
      await tell({ said: [said(2, "before the edit"), said(3, "three")], gone: [said(4, "").ts] });
      await tell({ said: [said(4, "deleted before it was told")] });
      await tell({ edited: [said(1, "eins", "1795443960.000000"), said(5, "never kept", "1")] });
      assert.deepEqual(await kept(), ["eins", "edited", "three"]);
      assert.deepEqual((await store.messagesOf(team, { channel, since: new Date(0) }))[1], edit);
      assert.deepEqual(await kept(new Date(1_795_443_903_000)), ["three"]);
      assert.deepEqual(await kept(undefined, other.channel), [], "another incident's");
      await tell({ gone: [said(3, "").ts] });
      assert.deepEqual(await kept(), ["eins", "edited"]);
      await tell({ gone: "all" });
      assert.deepEqual(await kept(), []);
    });

    test("knows how far the history of each open incident's channel was read, which never goes back", async () => {
      const { store } = opened;
      const { id, channel } = await begun();
      const known = async () => (await store.openChannels(team, [channel]))[0];
      assert.deepEqual(await known(), {
        incident: id,
        channel,
        name: channelRow(channel).name,
        readTo: null,
      });
      for (const readTo of ["1795443902.000100", "1795443901.000100"]) {
        await store.commit({ workspace: team, handled: [], messages: { channel, readTo } });
      }
      assert.equal((await known())?.readTo, "1795443902.000100");
      assert.ok((await store.openChannels(team, null)).some(({ incident }) => incident === id));
      const about = { kind: "existing", id, seq: 1 } as const;
      const end = { about, entries: [entry()], closedAt: new Date() };
      await store.commit({ workspace: team, handled: [], ...end });
      assert.equal(await known(), undefined);
    });
  });
}
