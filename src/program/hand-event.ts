/** An event of the queue goes to Bolt; one that failed for the last time is told to whoever waits for it, and logged. */

import { z } from "zod";
import { errorWords } from "../error-words.ts";
import type { QueuedJob } from "../edges/postgres/workers.ts";
import { deedOf } from "../edges/slack/deed.ts";
import type { World } from "../flows/ports.ts";
import { tellGivenUp } from "../flows/tell.ts";

const SlackJob = z.object({ body: z.looseObject({}) });

/** Rejects where it has to be tried again, and at the last try too: then the queue keeps it among the dead. */
export async function handEvent(
  world: World,
  bolt: { hand(body: object, job: string): Promise<void> },
  { id, data, tries, isLastTry }: QueuedJob,
  onTrouble: (sentence: string) => void,
): Promise<void> {
  const { body } = SlackJob.parse(data);
  try {
    await bolt.hand(body, id);
  } catch (error) {
    if (isLastTry) {
      const { kind, by } = deedOf(body);
      onTrouble(
        `gave up on an event (${kind}, ${id}) after ${tries + 1} tries: ${errorWords(error)}`,
      );
      if (by !== null) await tellGivenUp(world, { ...by, job: id });
    }
    throw error;
  }
}
