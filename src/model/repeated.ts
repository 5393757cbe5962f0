/** Whether a sentence says again what a finding says, in its words. */

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[a-z0-9%]+/g) ?? [];
const denialsOf = (words: readonly string[]) =>
  words.filter((word) => /^(?:no|not|none)$/.test(word)).length;

/** Fewer words are no finding yet. */
const wordsMin = 5;

/** `said`: what the findings say. */
export function repeats(own: string, said: string): boolean {
  const [words, told] = [wordsOf(own), wordsOf(said)];
  return (
    words.length >= wordsMin &&
    words.every((word) => told.includes(word) || /^(?:the|all|known|of)$/.test(word)) &&
    denialsOf(words) === denialsOf(told)
  );
}
