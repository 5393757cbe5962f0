/** Opens the driver: finds what a test names, shows what there is. */
import { isInHistory } from "./api/shapes.ts";
import { appDeeds, channelDeeds, messageDeeds, must, type Finder } from "./driver-deeds.ts";
import type { Driver } from "./driver.ts";
import { findMessage } from "./threads.ts";
import type { World } from "./world.ts";

export function openDriver(world: World): Driver {
  const find: Finder = {
    channel: (idOrName) => {
      const name = idOrName.replace(/^#/, "");
      return must(
        world.state.channels.find((each) => each.id === idOrName || each.name === name),
        `channel ${idOrName}`,
      );
    },
    message: (channel, ts) => must(findMessage(find.channel(channel), ts), `message ${ts}`),
    modal: (user) => must(world.session.views.get(user)?.at(-1), `modal of ${user}`),
  };
  return {
    channel: find.channel,
    ...channelDeeds(world, find),
    ...messageDeeds(world, find),
    ...appDeeds(world, find),
    ...looks(world, find),
  };
}

type Looks =
  | "users"
  | "channels"
  | "messages"
  | "replies"
  | "ephemerals"
  | "modalOf"
  | "calls"
  | "deliveries";

function looks(world: World, { channel }: Finder): Pick<Driver, Looks> {
  const { state, session } = world;
  return {
    users: state.users,
    channels: () => state.channels,
    messages: (id) => channel(id).messages.filter(isInHistory),
    replies: (id, ts) =>
      channel(id).messages.filter((each) => each.ts === ts || each.thread_ts === ts),
    ephemerals: (id, user) =>
      session.ephemerals
        .filter((each) => each.channel === channel(id).id && each.user === user)
        .map((each) => each.message),
    modalOf: (user) => session.views.get(user)?.at(-1),
    calls: (method) =>
      session.calls.filter((call) => method === undefined || call.method === method),
    deliveries: (type) =>
      session.deliveries.filter((each) => type === undefined || each.event.type === type),
  };
}
