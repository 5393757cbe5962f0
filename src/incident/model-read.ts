/** What a language model made of a reading: what it worded and added, what of it was not shown, or why it is away. */

import type { AwayBecause } from "../model/away.ts";
import type { Fallen } from "../model/fallen.ts";
import type { SuggestionId } from "../vocabulary.ts";
import type { Incident } from "./incident.ts";

interface Made {
  /** Of the reading. */
  readonly snapshot: string;
  readonly list: number;
}

/** It was asked once, after the reading was posted. */
export type ModelReadFact = Made & {
  readonly kind: "model-read";
  /** Absent: it answered. */
  readonly away?: AwayBecause;
  readonly sentences?: readonly { readonly text: string; readonly cites: readonly string[] }[];
  /** Behind those of the list. */
  readonly suggestions?: readonly SuggestionId[];
  readonly fell?: readonly Fallen[];
};

/** The newest. */
export interface ModelRead extends Made {
  readonly away: AwayBecause | null;
  readonly sentences: NonNullable<ModelReadFact["sentences"]>;
  readonly at: Date;
}

export function withModelRead(incident: Incident, fact: ModelReadFact, at: Date): Incident {
  const { snapshot, list, away = null, sentences = [], suggestions = [], fell = [] } = fact;
  return {
    ...incident,
    model: { snapshot, list, away, sentences, at },
    lists: incident.lists.map((each) =>
      each.list === list
        ? { ...each, suggestions: [...each.suggestions, ...suggestions], fell }
        : each,
    ),
  };
}
