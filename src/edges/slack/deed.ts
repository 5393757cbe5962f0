/** What an event of Slack's is, for the log, and who waits for what becomes of it where. */

import { z } from "zod";

export interface Deed {
  /** "block_actions step:claim", "/hindsight", "member_joined_channel" */
  readonly kind: string;
  /** null: nobody did it to us, or it does not say where. */
  readonly by: {
    readonly user: string;
    readonly channel: string;
    readonly deed: "click" | "command" | "form" | "invitation";
  } | null;
}

const Id = z.object({ id: z.string() });
const Command = z
  .object({ command: z.string(), user_id: z.string(), channel_id: z.string() })
  .transform(({ command, user_id: user, channel_id: channel }): Deed => {
    return { kind: command, by: { user, channel, deed: "command" } };
  });
const Click = z
  .object({
    type: z.literal("block_actions"),
    user: Id,
    channel: Id,
    actions: z.array(z.object({ action_id: z.string() })),
  })
  .transform(({ type, user, channel, actions }): Deed => {
    const kind = [type, ...actions.map(({ action_id: action }) => action)].join(" ");
    return { kind, by: { user: user.id, channel: channel.id, deed: "click" } };
  });
/** The form says in its metadata which channel it was opened in. */
const Form = z
  .object({
    type: z.literal("view_submission"),
    user: Id,
    view: z.object({ callback_id: z.string(), private_metadata: z.string() }),
  })
  .transform(({ type, user, view }): Deed => {
    const kind = `${type} ${view.callback_id}`;
    return { kind, by: { user: user.id, channel: view.private_metadata, deed: "form" } };
  });
const Invitation = z
  .object({
    event: z.object({
      type: z.literal("member_joined_channel"),
      inviter: z.string(),
      user: z.string(),
      channel: z.string(),
    }),
    authorizations: z.array(z.looseObject({ user_id: z.string() })).optional(),
  })
  // Somebody else who was invited is no deed to us.
  .refine(
    ({ event, authorizations: ours }) => ours?.some((each) => each.user_id === event.user) ?? true,
  )
  .transform(({ event: { type, inviter: user, channel } }): Deed => {
    return { kind: type, by: { user, channel, deed: "invitation" } };
  });
const Other = z
  .object({ event: z.object({ type: z.string() }) })
  .transform(({ event }): Deed => ({ kind: event.type, by: null }));
const Odd = z
  .object({ type: z.string().catch("unknown") })
  .transform(({ type }): Deed => ({ kind: type, by: null }));

const AnyDeed = z.union([Command, Click, Form, Invitation, Other, Odd]);

export function deedOf(body: object): Deed {
  return AnyDeed.parse(body);
}
