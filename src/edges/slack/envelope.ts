/** What Slack sends, sorted by what has to be answered: bytes in, one of five kinds out. */

import { z } from "zod";

export type Envelope =
  | { readonly kind: "challenge"; readonly challenge: string }
  | { readonly kind: "ssl-check" }
  /** Answered with an empty 200 once it is in the queue. */
  | { readonly kind: "queued"; readonly key: string; readonly team: string; readonly body: object }
  /** Needs its answer in the response. */
  | {
      readonly kind: "answered";
      readonly of: "command" | "view_submission" | "block_suggestion";
      readonly key: string;
      readonly team: string;
      readonly body: object;
    };

const Team = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]);
const Event = z.looseObject({
  type: z.literal("event_callback"),
  event_id: z.string().min(1),
  team_id: z.string().optional(),
  event: z.looseObject({ type: z.string() }),
});
const Challenge = z.looseObject({ type: z.literal("url_verification"), challenge: z.string() });
const Command = z.looseObject({
  command: z.string().startsWith("/"),
  team_id: z.string(),
  trigger_id: z.string(),
});
const Interaction = z.looseObject({
  type: z.string(),
  team: Team.nullish(),
  trigger_id: z.string().optional(),
  view: z.looseObject({ id: z.string(), hash: z.string().optional() }).optional(),
});

/** null: no shape that Slack documents, or not JSON. */
export function parseEnvelope(contentType: string, body: Buffer): Envelope | null {
  const text = body.toString("utf8");
  if (contentType.startsWith("application/x-www-form-urlencoded")) return parseForm(text);
  return sortBody(parseJson(text));
}

/** The same for Socket Mode, where the body is an object already. */
export function sortBody(body: unknown): Envelope | null {
  const challenge = Challenge.safeParse(body);
  if (challenge.success) return { kind: "challenge", challenge: challenge.data.challenge };
  const event = Event.safeParse(body);
  if (event.success) {
    const { event_id: key, team_id: team } = event.data;
    return { kind: "queued", key, team: team ?? "", body: event.data };
  }
  const command = Command.safeParse(body);
  if (command.success) {
    const { trigger_id: key, team_id: team } = command.data;
    return { kind: "answered", of: "command", key, team, body: command.data };
  }
  const interaction = Interaction.safeParse(body);
  return interaction.success ? sortInteraction(interaction.data) : null;
}

function parseForm(text: string): Envelope | null {
  const form = new URLSearchParams(text);
  if (form.get("ssl_check") === "1") return { kind: "ssl-check" };
  const payload = form.get("payload");
  return sortBody(payload === null ? Object.fromEntries(form) : parseJson(payload));
}

function sortInteraction(body: z.infer<typeof Interaction>): Envelope | null {
  const team = body.team ?? "";
  const { type, view } = body;
  const key = body.trigger_id ?? (view ? `${view.id}:${view.hash ?? ""}` : null);
  if (type === "view_submission" || type === "block_suggestion") {
    return {
      kind: "answered",
      of: type,
      key: `${type}:${key ?? JSON.stringify(body)}`,
      team,
      body,
    };
  }
  return key === null ? null : { kind: "queued", key: `${type}:${key}`, team, body };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
