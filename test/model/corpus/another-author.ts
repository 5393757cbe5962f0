/**
 * What somebody else than the gate's author wrote, answering the real prompts as four sorts of model would: a file a
 * half, of which each that lies in the folder is measured.
 */

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";

const answers = z.array(
  z.object({
    /** "03-provider-down": the place among the cases, and its name. */
    case: z.string().regex(/^\d\d-/),
    true: z.array(z.object({ text: z.string(), cites: z.array(z.string()), run: z.number() })),
    /** `wrong`: what is wrong with it, for whoever reads. */
    false: z.array(z.object({ text: z.string(), cites: z.array(z.string()), wrong: z.string() })),
  }),
);

export type Answers = z.infer<typeof answers>;

const folder = join(import.meta.dirname, "another-author");

/** "first-half.json" is "another author, first half". */
export function anotherAuthor(): readonly { readonly name: string; readonly told: Answers }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .toSorted()
    .map((file) => ({
      name: `another author, ${basename(file, ".json").replaceAll("-", " ")}`,
      told: answers.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))),
    }));
}
