import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onChannelDeleted } from "../../src/flows/follow-channel.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { onMessageGone, onMessageStands } from "../../src/flows/keep-messages.ts";
import { catchUpOnHistory } from "../../src/flows/read-history.ts";
import { actionIds } from "../../src/message/actions.ts";
import { ana, begunWorld, incidentChannel, teamChannel, type FakeWorld } from "./fake-world.ts";
import { kept, told } from "./kept-messages.ts";

const { id: channel } = incidentChannel;

describe("a message that changes in Slack", () => {
  const text = "checkout is slow";
  async function withOne(): Promise<FakeWorld> {
    const fake = await begunWorld();
    await onMessageStands(fake.world, { channel, ...told(1, text) });
    assert.deepEqual(await kept(fake), [text]);
    return fake;
  }

  test("reads here as it was edited, whichever is heard first", async () => {
    const fake = await withOne();
    const edited = told(1, "payments is slow", { editedTs: told(0, "").ts });
    await onMessageStands(fake.world, { channel, ...edited });
    await onMessageStands(fake.world, { channel, ...told(1, text) });
    assert.deepEqual(await kept(fake), ["payments is slow"]);
  });

  test("is deleted here, and a late reading does not bring it back", async () => {
    const fake = await withOne();
    await onMessageGone(fake.world, { channel, ts: told(1, "").ts });
    fake.history.set("", [told(1, text)]);
    await catchUpOnHistory(fake.world);
    await fake.work();
    assert.deepEqual(await kept(fake), []);
  });

  test("changes here after the incident as well, when no new one is kept", async () => {
    const fake = await withOne();
    const event = { job: fake.job(), channel, user: ana };
    const value = fake.store.incidents()[0]?.id ?? "";
    await handleClick(fake.world, { ...event, actionId: actionIds.resolve, value });
    await onMessageStands(fake.world, { channel, ...told(0, "lunch?") });
    const edited = told(1, "it was slow", { editedTs: told(0, "").ts });
    await onMessageStands(fake.world, { channel, ...edited });
    assert.deepEqual(await kept(fake), ["it was slow"]);
    await onMessageGone(fake.world, { channel, ts: edited.ts });
    assert.deepEqual(await kept(fake), []);
  });

  test("goes with its channel", async () => {
    const fake = await withOne();
    fake.channels.delete(channel);
    await onChannelDeleted(fake.world, { job: fake.job(), channel });
    assert.deepEqual(await kept(fake), []);
  });

  test("is none of ours in a channel without an incident", async () => {
    const fake = await withOne();
    await onMessageStands(fake.world, { channel: teamChannel.id, ...told(1, text) });
    assert.deepEqual(await kept(fake, teamChannel.id), []);
  });
});
