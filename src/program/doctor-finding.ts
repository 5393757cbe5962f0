/** One line of the doctor: what was looked at, whether it is well, and else the mend. */

import { errorWords } from "../error-words.ts";

export interface Finding {
  readonly what: string;
  readonly isWell: boolean;
  readonly said: string;
}

/** `mend`: "" where what is thrown names it. */
export async function attempt(
  what: string,
  mend: string,
  check: () => Promise<string>,
): Promise<Finding> {
  try {
    return { what, isWell: true, said: await check() };
  } catch (error) {
    const reason = errorWords(error);
    return { what, isWell: false, said: mend === "" ? reason : `${reason} (${mend})` };
  }
}
