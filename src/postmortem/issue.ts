/** A postmortem as the text of an issue on GitHub: nobody is mentioned, and it is found again. */

/** GitHub takes no longer text, in characters. */
const bodyMax = 65_536;
const cutHint =
  "The rest was cut: an issue holds 65,536 characters. /postmortem export file gives all of it.";

/** By which an issue of ours is found again. People see it, for GitHub's search does not look into comments of HTML everywhere. */
export function issueMark(id: string): string {
  return `Kept by Hindsight as ${id}`;
}

export function issueBody(
  markdown: string,
  { about, mark }: { readonly about: string; readonly mark: string },
): string {
  const foot = `\n\n---\n\n${about} ${mark}.\n`;
  const text = quiet(markdown).trimEnd();
  if (text.length + foot.length <= bodyMax) return text + foot;
  const room = bodyMax - foot.length - cutHint.length - 2;
  const end = text.lastIndexOf("\n", room);
  return `${text.slice(0, end > 0 ? end : room)}\n\n${cutHint}${foot}`;
}

/** "@name" would be told to whoever is called so there, and "#42" would be an issue of that repository; addresses stay as they are. */
export function quiet(text: string): string {
  return text
    .replaceAll(/(?<![\p{L}\p{N}_/])@(?=[a-z\d])/giu, "@\u200B")
    .replaceAll(/(?<=^|[\s([{"'“])#(?=\d)/gmu, "#\u200B");
}
