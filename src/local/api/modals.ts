/** The Web API's `views.*`. */
import { useTrigger } from "../triggers.ts";
import { openView, updateView, viewAsSlack, type ViewResult } from "../views.ts";
import {
  json,
  method,
  ok,
  refuse,
  word,
  type Context,
  type Methods,
  type Reply,
} from "./method.ts";

const opening = { trigger_id: word, view: json };

export const modals: Methods = {
  "views.open": method(opening, (args, context) => opened(args, context)),
  "views.push": method(opening, (args, context) => opened(args, context, "push")),
  "views.update": method(
    {
      view_id: word.optional(),
      external_id: word.optional(),
      hash: word.optional(),
      view: json,
    },
    (args, { world }) =>
      shown(
        updateView(world, {
          viewId: args.view_id,
          externalId: args.external_id,
          hash: args.hash,
          view: args.view,
        }),
      ),
  ),
};

function opened(
  args: { trigger_id: string; view?: unknown },
  { world }: Context,
  on?: "push",
): Reply {
  const trigger = useTrigger(world, args.trigger_id);
  if ("refused" in trigger) return refuse(trigger.refused);
  return shown(openView(world, trigger.user, args.view, on));
}

const shown = (result: ViewResult): Reply =>
  "view" in result
    ? ok({ view: viewAsSlack(result.view) })
    : refuse(result.refused, result.problems);
