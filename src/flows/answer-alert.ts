/** What is read of an alert's trouble, in the thread of its message: its answer, where it opened no incident. */

import { headOf } from "../alert/group.ts";
import { above } from "../message/answers-asked.ts";
import type { MessageBody } from "../message/body.ts";
import { refusal } from "../message/refusals.ts";
import type { Job } from "./change.ts";
import type { World } from "./ports.ts";
import { quoteRunbooks } from "./quote-runbooks.ts";
import { outsideAnswer } from "./read-outside.ts";
import { viewerIn } from "./refresh-channel.ts";
import { message } from "./show-incident.ts";

export interface AlertAnswer extends Pick<Extract<Job, { kind: "answer-alert" }>, "group" | "key"> {
  readonly job: string;
}

export async function answerAlert(world: World, event: AlertAnswer): Promise<void> {
  const { workspace, store } = world;
  if (await store.wasHandled(workspace, [event.job])) return;
  const { groups } = await store.alertDesk(workspace, [event.group], world.now());
  const [group] = groups;
  const head = group === undefined ? null : headOf(group);
  if (group?.told == null || head === null) return;
  const viewer = await viewerIn(world, group.told.channel);
  const text = `${head.service ?? ""} ${head.title}`.trim();
  const [read, quoted] = await Promise.all([
    outsideAnswer(world, { viewer, text, isOffered: false }, null),
    quoteRunbooks(world, group, viewer.id),
  ]);
  await underAlert(world, event, quoted === null ? read : above(read, quoted));
}

export function giveUpAnswer(world: World, event: AlertAnswer): Promise<void> {
  return underAlert(world, event, refusal({ reason: "failed" }));
}

/** Nothing where its message is another by now. */
async function underAlert(world: World, event: AlertAnswer, body: MessageBody): Promise<void> {
  const { workspace, store } = world;
  const { groups } = await store.alertDesk(workspace, [event.group], world.now());
  const told = groups[0]?.told;
  const isThere = told?.key === event.key;
  const place = { in: "thread", of: { key: event.key } } as const;
  const to = {
    channel: told?.channel ?? "",
    key: `answer:${event.key}`,
    place,
    as: "alert",
  } as const;
  const effects = isThere ? [message(world, to, body)] : [];
  await store.commit({ workspace, handled: [event.job], effects });
}
