/** Text from outside on its way into Slack: escaped, without mentions, cut at a word (DESIGN §14). */

/**
 * For mrkdwn: `&`, `<` and `>` escaped, so that no mention, date or link can be written from outside, and the words
 * @channel, @here and @everyone taken apart, so that no client makes a mass mention of them.
 */
export function escape(outside: string): string {
  return harmless(outside).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** For plain_text and alt texts, which Slack shows as they are: one line, without angle brackets. */
export function plain(outside: string): string {
  return harmless(outside).replaceAll("<", "‹").replaceAll(">", "›").replace(/\s+/g, " ").trim();
}

const massMention = /@(?=channel|here|everyone)/gi;

/** Control characters, and those that turn the direction of what follows them, so that it reads as something else. */
const unseen = /(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

function harmless(outside: string): string {
  return outside.replaceAll("\r\n", "\n").replace(unseen, "").replace(massMention, "@\u200B");
}

/** A command, verbatim in code; a backtick inside would end the code, so it becomes an apostrophe. */
export function code(command: string): string {
  const shown = escape(command.trim()).replaceAll("`", "'");
  if (shown === "") return "";
  return shown.includes("\n") ? `\`\`\`${shown}\`\`\`` : `\`${shown}\``;
}

/** `label` is escaped already. A link only where the address is http(s) on one of `hosts`; else the label alone. */
export function link(
  url: string | null | undefined,
  label: string,
  hosts: readonly string[],
): string {
  const known = knownUrl(url, hosts);
  return known === null ? label : `<${known}|${label.replaceAll("|", "¦")}>`;
}

/** The address as it may stand in a link or a button, or null where its host is not one of `hosts`. */
export function knownUrl(url: string | null | undefined, hosts: readonly string[]): string | null {
  if (url === null || url === undefined || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  const isWeb = parsed.protocol === "https:" || parsed.protocol === "http:";
  const isKnown = hosts.includes(parsed.host) || hosts.includes(parsed.hostname);
  if (!isWeb || !isKnown || parsed.username !== "" || parsed.href.length > urlMax) return null;
  return parsed.href
    .replace(massMention, "%40")
    .replaceAll("|", "%7C")
    .replaceAll("<", "%3C")
    .replaceAll(">", "%3E");
}
const urlMax = 2000;

/** A person who clicked or was named by one who did; anything but a Slack user id becomes "someone". */
export function person(user: string): string {
  if (user === "bot") return "Hindsight";
  return /^[A-Z0-9]{2,24}$/.test(user) ? `<@${user}>` : "someone";
}

/** A channel by Slack's id, which Slack shows by its name; anything else becomes "a channel". */
export function channelLink(channel: string): string {
  return /^[A-Z0-9]{2,24}$/.test(channel) ? `<#${channel}>` : "a channel";
}

/** At most `max` characters, cut at a word with "…"; an entity, a link or a surrogate pair is never cut in two. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = max - 1;
  const word = text.slice(0, end + 1).search(/\s\S*$/);
  if (word > end / 2) end = word;
  const open = text.lastIndexOf("<", end - 1);
  if (open >= 0 && text.indexOf(">", open) >= end) end = open;
  const entity = text.lastIndexOf("&", end - 1);
  if (entity >= end - 5 && entity >= 0 && text.indexOf(";", entity) >= end) end = entity;
  if (/[\uD800-\uDBFF]$/.test(text.slice(0, end))) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}
