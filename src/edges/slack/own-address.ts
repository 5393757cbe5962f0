/** Which addresses that Slack names are called: its own hosts', or those of the server that stands in for it. */

import type { WebClient } from "@slack/web-api";

export function isOwnAddress(url: string | undefined, { slackApiUrl }: WebClient): url is string {
  if (url === undefined || !URL.canParse(url)) return false;
  const { origin, protocol, hostname } = new URL(url);
  const isSlacks = protocol === "https:" && hostname.endsWith(".slack.com");
  return isSlacks || origin === new URL(slackApiUrl).origin;
}
