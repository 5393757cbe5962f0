/** What a message says and under which name: alerting systems write in attachments, and leave the text empty. */

const attachmentsMax = 20;

/** Its text, and below it what its attachments say, as Slack escapes both. */
export function wordsOf(message: object): string {
  const attachments: unknown = Reflect.get(message, "attachments");
  const told = Array.isArray(attachments) ? attachments.slice(0, attachmentsMax) : [];
  const lines = [stringIn(message, "text"), ...told.flatMap(attachmentWords)];
  return [...new Set(lines.filter((line) => line !== ""))].join("\n");
}

/** The fallback says the same in one line, for whoever shows no attachments; that of a link is the page's. */
function attachmentWords(attachment: unknown): string[] {
  if (typeof attachment !== "object" || attachment === null) return [];
  if (stringIn(attachment, "from_url") !== "") return [];
  const words = ["pretext", "title", "text"]
    .map((name) => stringIn(attachment, name))
    .filter((each) => each !== "");
  return words.length > 0 ? words : [stringIn(attachment, "fallback")];
}

/** null: it names none, as of a person. */
export function senderOf(message: object): string | null {
  if (Reflect.get(message, "bot_id") === undefined) return null;
  const profile: unknown = Reflect.get(message, "bot_profile");
  const own = stringIn(message, "username");
  if (own !== "" || typeof profile !== "object" || profile === null) return own || null;
  return stringIn(profile, "name") || null;
}

function stringIn(told: object, name: string): string {
  const value: unknown = Reflect.get(told, name);
  return typeof value === "string" ? value.trim() : "";
}
