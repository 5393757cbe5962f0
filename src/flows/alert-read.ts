/** The alert that an alerting system posted in an incident's channel itself, from what is kept of it: detection too. */

import { isAlertPosted } from "../alert/posted.ts";
import type { AlertRead } from "../postmortem/view.ts";
import type { KeptMessage } from "./chat.ts";
import type { World } from "./ports.ts";
import type { Shown } from "./show-incident.ts";

const minuteMs = 60_000;
/** An older one was about something else. */
const beforeMs = 120 * minuteMs;
/** Whoever opened the incident noticed without what came later. */
const afterOpenedMs = 30 * minuteMs;
/** The onset is read from series, and a rule may have looked at others; before this it is rather another trouble. */
const slackMs = 15 * minuteMs;

/** `linkTo`: null of what was deleted meanwhile, undefined where Slack does not say. */
export async function alertRead(
  { workspace, store, botUser }: World,
  { stored, incident }: Pick<Shown, "stored" | "incident">,
  linkTo: (ts: string) => Promise<string | null | undefined>,
): Promise<AlertRead | null> {
  if (stored.entries.some(({ fact }) => fact.kind === "alert-fired")) return null;
  const onset = incident.since.getTime();
  const opened = stored.entries[0]?.at.getTime() ?? onset;
  const since = new Date(Math.min(onset, opened) - beforeMs);
  const said = await store.messagesOf(workspace, { channel: stored.channel, since });
  const posted = said.filter(
    (each) =>
      each.user !== botUser &&
      atOf(each).getTime() <= opened + afterOpenedMs &&
      isAlertPosted(each),
  );
  const ofTrouble = posted.find((each) => atOf(each).getTime() >= onset - slackMs);
  const alert = ofTrouble ?? posted.at(-1);
  if (alert === undefined) return null;
  const url = await linkTo(alert.ts);
  if (url === null) return null;
  const [title = ""] = alert.text.trim().split("\n");
  return { at: atOf(alert), sender: alert.sender ?? "", title, url: url ?? null };
}

function atOf({ ts }: Pick<KeptMessage, "ts">): Date {
  return new Date(Number(ts) * 1000);
}
