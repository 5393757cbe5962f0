/** A job that a flow asked for earlier: which flow does it, and what is said when it cannot be done. */

import { refusal } from "../message/refusals.ts";
import type { Job } from "./change.ts";
import { answerMention, reply } from "./answer-mention.ts";
import { investigate } from "./investigate.ts";
import { readAgain } from "./read-again.ts";
import type { World } from "./ports.ts";
import { livingKey, message } from "./show-incident.ts";

export async function runJob(world: World, id: string, job: Job): Promise<void> {
  switch (job.kind) {
    case "investigate":
      return investigate(world, { ...job, handled: [id] });
    case "read-again":
      return readAgain(world, { ...job, handled: [id] });
    case "answer-mention":
      return answerMention(world, { ...job, job: id });
  }
}

/** Every question gets an end state: after the last try that makes sense the channel is told. */
export async function giveUp(world: World, id: string, job: Job): Promise<void> {
  const body = refusal({ reason: "failed" });
  switch (job.kind) {
    case "answer-mention":
      return reply(world, id, job, body);
    case "investigate": {
      const place = { in: "channel" } as const;
      const to = { channel: job.channel, key: livingKey(job.incident), place };
      await world.store.commit({
        workspace: world.workspace,
        handled: [id],
        effects: [message(world, to, body)],
      });
      return;
    }
    case "read-again":
      return;
  }
}
