/** What a command or a form gets in the response itself: pure, so that it is always in time. */

import { z } from "zod";
import { answerAtOnce } from "../../flows/answer-command.ts";
import { actionCallback, parseAction } from "../../message/action-form.ts";
import { declareCallback, parseDeclaration } from "../../message/declare-modal.ts";
import { parseUpdate, updateCallback } from "../../message/update-form.ts";
import { postmortemCallback } from "../../message/postmortem-form.ts";
import { parseRule, ruleCallback } from "../../message/rules.ts";
import type { Envelope } from "./envelope.ts";
import { formValues } from "./payloads.ts";
import { typed } from "./typed.ts";

const Command = z.looseObject({ command: z.string(), text: z.string().default("") });
const Submission = z.looseObject({
  view: z.looseObject({
    callback_id: z.string().default(""),
    state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }),
  }),
});

/** undefined: an empty 200; whatever follows comes from the queue. */
export function answerOf(
  envelope: Extract<Envelope, { kind: "answered" }>,
  hasModel = false,
): object | undefined {
  switch (envelope.of) {
    case "command": {
      const { command, text } = Command.parse(envelope.body);
      const body = answerAtOnce(command, typed(text), hasModel);
      return body === null ? undefined : { response_type: "ephemeral", ...body };
    }
    case "view_submission":
      return answerForm(envelope.body);
    case "block_suggestion":
      return { options: [] };
  }
}

function answerForm(body: object): object | undefined {
  const submission = Submission.safeParse(body);
  if (!submission.success) return { response_action: "update", view: unknownForm };
  const { callback_id: callback, state } = submission.data.view;
  const parse = forms[callback];
  if (parse === undefined) return { response_action: "update", view: unknownForm };
  const parsed = parse(formValues(state.values));
  return parsed.ok ? undefined : { response_action: "errors", errors: parsed.errors };
}

type Parsed =
  | { readonly ok: true }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** By callback id: what each form lacks is said in the response. */
const forms: Readonly<
  Partial<Record<string, (values: Readonly<Record<string, string>>) => Parsed>>
> = {
  [declareCallback]: parseDeclaration,
  [updateCallback]: parseUpdate,
  [ruleCallback]: parseRule,
  [actionCallback]: parseAction,
  [postmortemCallback]: () => ({ ok: true }),
};

const unknownForm = {
  type: "modal",
  title: { type: "plain_text", text: "Nothing was sent" },
  close: { type: "plain_text", text: "Close" },
  blocks: [
    {
      type: "section",
      text: {
        type: "mrkdwn",
        text: "This form is not known here any more; nothing was recorded. Open it again with /hindsight.",
      },
    },
  ],
};
