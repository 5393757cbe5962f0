/** Text from outside on its way into a picture: one line, of characters that XML allows, of bounded length. */

const unseen = /[\p{Cc}\p{Cf}\uFFFE\uFFFF]/gu;

/** At most `max` code points; what turns the direction of writing or is not to be seen becomes a space. */
export function label(outside: string, max: number): string {
  const line = outside
    .slice(0, 20 * max)
    .toWellFormed()
    .replace(unseen, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
  const characters = Array.from(line);
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, max - 1)
        .join("")
        .trimEnd()}…`;
}
