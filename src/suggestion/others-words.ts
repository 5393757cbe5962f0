/** What in a message its author only passes on: quotes, what a program or somebody else wrote, a copy of a conversation. */

/** "Deploy Bot  [2:05 PM]", as Slack copies it; what follows up to an empty line is that one's. */
const copied =
  /^(?:\p{Lu}[\p{L}\d.'-]*[ \t]+){1,5}(?:APP[ \t]+|BOT[ \t]+)?(?:\[\d{1,2}:\d\d(?:[ \u00a0]?[AP]M)?\]|(?<=APP[ \t]+|BOT[ \t]+|[ \t]{2})\d{1,2}:\d\d(?:[ \u00a0]?[AP]M)?)[ \t]*\n(?:[^\n]+(?:\n|$))+/gmu;
/** "bo wrote:", and the rest of the line, or the lines below where nothing stands behind it. */
const reported =
  /(?<!\b(?:i|we|as|just|already)[ \t])\b(?:says|said|reads|wrote|writes|posted|reports|reported|states|tells me|tells us)\b[^:\n]{0,20}:(?:[ \t]*\n(?:[^\n]+(?:\n|$))+|[^\n]*)/gi;
/** "deploybot: …", "fwd from the alert: …" */
const handed =
  /^(?:(?:fwd|fw|forwarded|copied|pasted|from|via)\b(?! (?:my|our)\b)[^:\n]{0,60}|[\w .-]{0,30}(?:bot|alerts?|pipeline)(?: \[?app\]?)?):[ \t][^\n]*$/gim;
/** A person in it: no command. */
const sentenceInCode = /`[^`\n]{0,200}\b(?:we|i|he|she|they)\b[^`\n]{0,200}`/gi;
const inSingleQuotes = /(?<![\w'])'(?=[^'\s]{1,40} [^'\s]{1,40} )[^'\n]{8,400}'(?![\w'])/g;

/** What is passed on replaced by a word that tells of nothing. */
export function withoutOthersWords(text: string): string {
  return text
    .replaceAll(copied, " quoted \n")
    .replaceAll(reported, " quoted ")
    .replaceAll(handed, " quoted ")
    .replaceAll(sentenceInCode, " quoted ")
    .replaceAll(inSingleQuotes, " quoted ");
}
