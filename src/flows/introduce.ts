/** On joining people are told what is read of their channel and what is kept. */

import { introduction } from "../message/help.ts";
import type { Effect } from "./change.ts";
import type { World } from "./ports.ts";
import { livingKey, message, type Shown } from "./show-incident.ts";

/** In the living message's thread, once a channel: a later incident there finds it. The model's host too, where there is one. */
export function introductionEffect(world: World, { stored }: Shown): Effect {
  const { channel, id } = stored;
  const place = { in: "thread", of: { key: livingKey(id) } } as const;
  const modelHost = world.model?.host ?? null;
  const body = introduction({ keepsMessagesDays: world.keepsMessagesDays, modelHost });
  return message(world, { channel, key: `introduction:${channel}`, place, as: "answer" }, body);
}
