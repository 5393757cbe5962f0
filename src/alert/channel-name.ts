/** What the channel is called that is opened for a group of alerts. */

import { headOf, servicesOf, type AlertGroup } from "./group.ts";

const wordsMax = 40;
/** Of the group's id, so that no other channel has the name. */
const idLength = 4;

/** "inc-20261127-1402-checkout-highlatency-3fa2", in UTC: within Slack's 80 characters, whatever the labels hold. */
export function channelNameOf(group: AlertGroup, now: Date): string {
  const [date = "", time = ""] = now.toISOString().split("T");
  const title = headOf(group)?.title.split(": ")[0] ?? "";
  const words = slug(`${servicesOf(group)[0] ?? ""} ${title}`) || "alert";
  const when = `${date.replaceAll("-", "")}-${time.slice(0, 5).replace(":", "")}`;
  return `inc-${when}-${words}-${slug(group.id.slice(-idLength))}`;
}

function slug(text: string): string {
  const words = text.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return words.replace(/^-/, "").slice(0, wordsMax).replace(/-$/, "");
}
