/** Slack's markup in what people write, as the words that they see. */

/** "<https://x|label>" → "label", "<#C1|general>" → "#general", "<@U1|ana>" → "@ana"; a bare mention is left out. */
export function markupAsWords(text: string): string {
  return text
    .replaceAll(
      /<(https?:[^|>\s]+)(?:\|([^>]*))?>/g,
      (_all, url: string, label?: string) => label || url,
    )
    .replaceAll(/<([#@])[A-Z0-9]+(?:\|([^>]*))?>/g, (_all, sign: string, name?: string) =>
      name ? `${sign}${name}` : " ",
    )
    .replaceAll(/\s+/g, " ")
    .trim();
}
