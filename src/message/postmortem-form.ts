/** The form in which what stands under one heading is edited; longer texts take several inputs, cut between lines. */

import { promptMark } from "../postmortem/document.ts";
import type { IncidentId } from "../vocabulary.ts";
import { input, modal, textInput } from "./form.ts";

export const postmortemCallback = "incident:postmortem";

/** Slack's limit of an input, and how much of it is filled, so that there is room to write. */
const inputMax = 3_000;
const filledMax = 2_200;
const inputsMax = 20;
const theirsMax = 2_800;

export interface PartForm {
  readonly incident: IncidentId;
  /** The version that is edited. */
  readonly version: number;
  readonly index: number;
  readonly title: string;
  /** Filled in. */
  readonly text: string;
  /** How it reads by now, where another edit was quicker. */
  readonly theirs?: string;
}

/** null: it is longer than a form may be. */
export function postmortemModal(form: PartForm): Readonly<Record<string, unknown>> | null {
  const pieces = piecesOf(form.text);
  if (pieces === null) return null;
  const { incident, version, index, title, theirs } = form;
  const about = `${incident} ${version} ${index}`;
  const frame = { callback: postmortemCallback, about, title: "Postmortem", submit: "Save" };
  const label = (at: number): string =>
    pieces.length === 1 ? title : `${title}, part ${at + 1} of ${pieces.length}`;
  const now =
    theirs === undefined
      ? []
      : [
          {
            type: "section",
            text: { type: "plain_text", text: `It reads now: ${theirs.slice(0, theirsMax)}` },
          },
        ];
  return modal(frame, [
    ...now,
    ...pieces.map((piece, at) => {
      const id = inputId(at);
      return input(
        id,
        label(at).slice(0, 150),
        { ...textInput(id, inputMax, piece), multiline: true },
        "optional",
      );
    }),
  ]);
}

const inputId = (at: number): string => `postmortem:text:${at}`;

/** What is for people to write begins empty. */
function piecesOf(text: string): readonly string[] | null {
  const own = text.includes(promptMark) ? "" : text.trim();
  const pieces: string[] = [];
  for (const line of own.split("\n")) {
    const joined = pieces.length === 0 ? line : `${pieces.at(-1)}\n${line}`;
    if (pieces.length > 0 && joined.length <= filledMax) pieces.pop();
    pieces.push(joined.length <= filledMax ? joined : line);
  }
  const isTooLong = pieces.length > inputsMax || pieces.some(({ length }) => length > inputMax);
  return isTooLong ? null : pieces;
}

/** The inputs' texts, one under the other. */
export function formText(values: Readonly<Record<string, string>>): string {
  return Array.from({ length: inputsMax }, (_each, at) => values[inputId(at)])
    .filter((text) => text !== undefined && text.trim() !== "")
    .join("\n");
}

/** null: nothing of ours. */
export function formAbout(
  about: string,
): { readonly incident: IncidentId; readonly version: number; readonly index: number } | null {
  const [, id = "", version, index] = /^inc_(\S+) (\d{1,9}) (\d{1,4})$/.exec(about) ?? [];
  if (id === "") return null;
  return { incident: `inc_${id}`, version: Number(version), index: Number(index) };
}
