/** The way to the app under development: HTTP or Socket Mode, events with retries, questions with one answer. */
import { openDeliveries, type Deliveries } from "./deliveries.ts";
import { sendByHttp } from "./deliver-http.ts";
import { openSocketMode, type SocketMode } from "./deliver-socket.ts";
import type { LocalWorkspaceOptions } from "./options.ts";
import type { Delivery, World } from "./world.ts";

export interface AppLink extends Pick<Deliveries, "emit" | "redeliver"> {
  readonly ask: World["ask"];
  /** Absent when the app is reached over HTTP. */
  readonly socket: SocketMode | undefined;
  readonly sendEventsTo: (url: string) => void;
  readonly close: () => Promise<void>;
}

export interface LinkContext {
  readonly log: Delivery[];
  readonly changed: () => void;
  readonly now: () => Date;
}

/** How long Slack waits for an answer. */
const slackAnswerWithinMs = 3000;

export function openAppLink(options: LocalWorkspaceOptions, context: LinkContext): AppLink {
  const { signingSecret, answerWithinMs = slackAnswerWithinMs } = options;
  const { changed, now } = context;
  let { eventsUrl } = options;
  const socket =
    options.appToken === undefined ? undefined : openSocketMode(answerWithinMs, changed);
  const send =
    socket?.send ?? sendByHttp({ url: () => eventsUrl, signingSecret, answerWithinMs, now });
  const deliveries = openDeliveries({ ...context, send, retryDelaysMs: options.retryDelaysMs });
  return {
    socket,
    emit: deliveries.emit,
    redeliver: deliveries.redeliver,
    ask: async (question) => {
      const answer = await send(question);
      changed();
      return answer;
    },
    sendEventsTo: (url) => void (eventsUrl = url),
    close: async () => {
      deliveries.close();
      await socket?.close();
    },
  };
}
