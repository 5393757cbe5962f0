/**
 * What fell, as it may be shown behind a click: what would do harm where it stands is not repeated, and neither are
 * names and words that were not gathered, for whatever a model was talked into telling would stand in them.
 */

import { fallen, type Fallen } from "./fallen.ts";
import { isKnownName } from "./known-name.ts";
import type { Known } from "./known.ts";
import { namesIn } from "./names.ts";
import { isOrder } from "./quotes.ts";
import { unsafeIn } from "./unsafe.ts";
import { unknownWords, wordsOfItems } from "./vocabulary.ts";

const withheld = "(not repeated)";
const gap = "…";
/** What a sentence may fall for, and what people then want to read. */
const claiming =
  "cause caused causes causing because led triggered due resolved recovered fixed mitigated solved closed broke broken root culprit responsible explains introduced";

export async function toldFallen(text: string, because: string, known: Known): Promise<Fallen> {
  const isHarmless = !isOrder(text) && (await unsafeIn(text, known)) === null;
  return fallen(isHarmless ? gathered(text, known) : withheld, because);
}

/** Nobody should find it ready to be copied. */
export function fallenCommand(because: string): Fallen {
  return fallen(`a command ${withheld}`, because);
}

/** Only what was gathered, and everyday words; the rest as gaps. */
function gathered(text: string, known: Known): string {
  const lost = namesIn(text).filter((name) => !isKnownName(name, known));
  const named = lost
    .toReversed()
    .reduce(
      (rest, { index, length }) => rest.slice(0, index) + gap + rest.slice(index + length),
      text,
    );
  const words = wordsOfItems([...known.items.values()]);
  for (const word of claiming.split(" ")) words.add(word);
  for (const service of known.services) words.add(service.toLowerCase());
  for (const part of known.services.flatMap((service) => service.split(/[^\p{L}\p{N}]+/u)))
    words.add(part.toLowerCase());
  return unknownWords(named, words).reduce(
    (rest, word) =>
      rest.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "giu"), gap),
    named,
  );
}
