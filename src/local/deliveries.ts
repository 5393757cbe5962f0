/** Carries events to the app until one try is answered with 200, as Slack does: at once, then three retries. */
import type { Send } from "./deliver-http.ts";
import { newId } from "./ids.ts";
import { appId, botUserId, teamId } from "./state.ts";
import { keep, type Answer, type Delivery, type SlackEvent } from "./world.ts";

export interface Deliveries {
  readonly emit: (event: SlackEvent) => void;
  /** Sends an event that was already sent once more, with retry headers; resolves when it was answered or failed. */
  readonly redeliver: (eventId: string) => Promise<Answer>;
  /** Forgets retries that are due; events under way are not waited for. */
  readonly close: () => void;
}

/** Slack's own waits before the second, third and fourth try. */
const slackRetryDelaysMs: readonly number[] = [0, 60_000, 300_000];

export interface DeliveriesContext {
  readonly send: Send;
  readonly log: Delivery[];
  readonly changed: () => void;
  readonly now: () => Date;
  readonly retryDelaysMs?: readonly number[] | undefined;
}

export function openDeliveries(context: DeliveriesContext): Deliveries {
  const timers = new Set<NodeJS.Timeout>();
  let isClosed = false;
  const again = (delayMs: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, delayMs);
    timers.add(timer);
  };
  const carry = async (delivery: Delivery, num: number, reason: string): Promise<void> => {
    const answer = await attempt(context, delivery, num, reason);
    const delayMs = (context.retryDelaysMs ?? slackRetryDelaysMs)[num];
    if (isTaken(answer)) delivery.state = "delivered";
    else if (isClosed || delayMs === undefined || isFinal(answer)) delivery.state = "given up";
    else again(delayMs, () => void carry(delivery, num + 1, retryReason(answer)));
    context.changed();
  };
  return {
    emit: (event) => {
      const delivery = addressed(event, context.now());
      keep(context.log, delivery);
      void carry(delivery, 0, "");
    },
    redeliver: (eventId) => redeliver(context, eventId),
    close: () => {
      isClosed = true;
      timers.forEach((timer) => clearTimeout(timer));
      timers.clear();
    },
  };
}

async function attempt(
  context: DeliveriesContext,
  delivery: Delivery,
  num: number,
  reason: string,
): Promise<Answer> {
  const answer = await context.send({
    kind: "events_api",
    payload: delivery.envelope,
    ...(num > 0 && { retry: { num, reason } }),
  });
  delivery.attempts.push(answer);
  return answer;
}

async function redeliver(context: DeliveriesContext, eventId: string): Promise<Answer> {
  const delivery = context.log.find((each) => each.eventId === eventId);
  if (delivery === undefined) throw new Error(`no event ${eventId} was sent`);
  const answer = await attempt(context, delivery, delivery.attempts.length, "http_timeout");
  if (isTaken(answer)) delivery.state = "delivered";
  context.changed();
  return answer;
}

const isTaken = (answer: Answer) =>
  answer.outcome === "answered" && answer.status >= 200 && answer.status < 300;

const isFinal = (answer: Answer) => answer.outcome === "answered" && answer.noRetry === true;

function retryReason(answer: Answer): string {
  if (answer.outcome === "answered") return "http_error";
  return answer.outcome === "timeout" ? "http_timeout" : "connection_failed";
}

/** The envelope of Slack's Events API around an event. */
function addressed(event: SlackEvent, at: Date): Delivery {
  const eventId = newId("Ev");
  return {
    eventId,
    event,
    attempts: [],
    state: "under way",
    envelope: {
      token: "local",
      team_id: teamId,
      context_team_id: teamId,
      context_enterprise_id: null,
      api_app_id: appId,
      event,
      type: "event_callback",
      event_id: eventId,
      event_time: Math.floor(at.getTime() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: teamId,
          user_id: botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${eventId}`,
    },
  };
}
