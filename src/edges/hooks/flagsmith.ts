/** Flagsmith's environment webhook: a flag's state before and after. */

import { z } from "zod";
import type { ChangeEvent } from "../../evidence/change-event.ts";
import { firstFault, idOf, time, told, type Parsed } from "./parsed.ts";

const State = z.object({
  enabled: z.boolean(),
  environment: z.object({ name: told }).nullish(),
  feature: z.object({ id: z.number().optional(), name: z.string().min(1).max(500) }),
  feature_segment: z.unknown(),
  feature_state_value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  identity_identifier: told,
});
type State = z.output<typeof State>;

const Update = z.object({
  event_type: z.enum(["FLAG_UPDATED", "FLAG_DELETED"]),
  data: z.object({
    changed_by: told,
    timestamp: time,
    new_state: State.nullish(),
    previous_state: State.nullish(),
  }),
});
const Envelope = z.object({ event_type: z.string() });

/** No events for other types than a flag's update or deletion. */
export function parseFlagsmith(payload: unknown): Parsed {
  const envelope = Envelope.safeParse(payload);
  if (!envelope.success) return { ok: false, said: firstFault(envelope.error) };
  if (!Update.shape.event_type.safeParse(envelope.data.event_type).success) {
    return { ok: true, events: [] };
  }
  const read = Update.safeParse(payload);
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  const { timestamp, changed_by: actor, new_state: is, previous_state: was } = read.data.data;
  const state = is ?? was;
  if (!state) return { ok: false, said: "data.new_state: is missing" };
  return {
    ok: true,
    events: [eventOf(state, { was: was ?? null, is: is ?? null, timestamp, actor })],
  };
}

function eventOf(
  state: State,
  rest: { was: State | null; is: State | null; timestamp: Date; actor: string | null },
): ChangeEvent {
  const { feature, environment, identity_identifier: identity, feature_segment: segment } = state;
  const { was, is, timestamp, actor } = rest;
  const place = environment?.name ?? null;
  return {
    source: "flagsmith",
    // The sender gives none: a flag's state has one update at a moment.
    id: idOf([
      String(feature.id ?? feature.name),
      place ?? "",
      identity ?? "",
      timestamp.toISOString(),
    ]),
    status: null,
    at: timestamp,
    kind: "flag",
    service: null,
    environment: place,
    title: `${feature.name}${isNarrow(identity, segment) ? " (for some users)" : ""}`,
    ...transition(was, is),
    ref: feature.name,
    link: null,
    actor,
  };
}

function isNarrow(identity: string | null, segment: unknown): boolean {
  return identity !== null || (segment !== null && segment !== undefined);
}

/** On and off, or the value where that alone changed. */
function transition(was: State | null, is: State | null): { before: string | null; after: string } {
  const value = (state: State): string => String(state.feature_state_value ?? "no value");
  if (is === null) return { before: was === null ? null : onOff(was), after: "deleted" };
  if (was === null) return { before: null, after: onOff(is) };
  if (was.enabled === is.enabled && value(was) !== value(is)) {
    return { before: value(was).slice(0, 100), after: value(is).slice(0, 100) };
  }
  return { before: onOff(was), after: onOff(is) };
}

function onOff({ enabled }: State): "on" | "off" {
  return enabled ? "on" : "off";
}
