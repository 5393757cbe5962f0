/** People in an incident, as scripts: what each kind does, with at most two clicks. A click is a button, a command or a reaction. */

import type { Bundle } from "../src/edges/recorded/bundle.ts";

/** What a script can do; each waits until it can be done, and gives up where it never can. */
export interface Deeds {
  /** "I'm on it" on the step that mends it; false where no list offers it. */
  claim(): Promise<boolean>;
  /** Mends it where nobody sees it but the sources. */
  mend(): Promise<void>;
  /** The readings show that the numbers are back. */
  untilBack(): Promise<void>;
  /** The step's button on the question what did it, else "Something else"; false where nothing asks. */
  answer(): Promise<boolean>;
  resolve(): Promise<void>;
  say(text: string): Promise<void>;
}

export interface Responder {
  readonly kind: "two clicks" | "one click" | "no click";
  readonly what: string;
  readonly play: (deeds: Deeds, sentence: string) => Promise<void>;
}

/** Each kind is a third, and each script half of its kind. */
export const responders: readonly Responder[] = [
  {
    kind: "two clicks",
    what: "takes the step, answers what did it",
    play: async (deeds) => {
      if (!(await deeds.claim())) await deeds.mend();
      await deeds.untilBack();
      await deeds.answer();
    },
  },
  {
    kind: "two clicks",
    what: "mends it, resolves, answers the end",
    play: async (deeds) => {
      await deeds.mend();
      await deeds.untilBack();
      await deeds.resolve();
      await deeds.answer();
    },
  },
  {
    kind: "one click",
    what: "takes the step, and no more",
    play: async (deeds) => {
      if (!(await deeds.claim())) await deeds.mend();
      await deeds.untilBack();
    },
  },
  {
    kind: "one click",
    what: "takes the step, says what came of it",
    play: async (deeds, sentence) => {
      if (!(await deeds.claim())) await deeds.mend();
      await deeds.untilBack();
      await deeds.say(sentence);
    },
  },
  {
    kind: "no click",
    what: "mends it in silence",
    play: async (deeds) => {
      await deeds.mend();
      await deeds.untilBack();
    },
  },
  {
    kind: "no click",
    what: "mends it, says what came of it",
    play: async (deeds, sentence) => {
      await deeds.mend();
      await deeds.untilBack();
      await deeds.say(sentence);
    },
  },
];

/** By the step that mends: one who says it plainly, one who says it as it comes. */
const sentences: Readonly<Record<string, readonly [plain: string, loose: string]>> = {
  "roll-back-deploy": [
    "rolled back, that fixed it",
    "reverted the deploy, everything is back to normal now",
  ],
  "turn-off-flag": ["turned the flag off, that fixed it", "flag is off and the slow ones are gone"],
  "revert-configuration": [
    "reverted the config change, that fixed it",
    "put the old setting back, errors stopped",
  ],
  "fail-over-dependency": [
    "failed over to the other provider, that fixed it",
    "we are on the second provider now and payments go through",
  ],
  "scale-out-service": ["scaled out, that fixed it", "added two more instances, we are good again"],
};

/** `loose` picks the second way. */
export function sentenceFor({ truth }: Bundle, loose: boolean): string {
  for (const step of truth.mendingSteps) {
    const both = sentences[step];
    if (both !== undefined) return both[loose ? 1 : 0];
  }
  throw new Error(`nobody knows what to say of ${truth.mendingSteps.join(", ")}`);
}
