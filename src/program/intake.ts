/** How events come in: by HTTP or by Slack's socket, into the queue before anything is answered. */

import type { PgBoss } from "pg-boss";
import type { Config } from "../config.ts";
import type { Metering } from "../edges/http/meter.ts";
import type { Handler } from "../edges/http/server.ts";
import { groupCommit } from "../edges/postgres/group-commit.ts";
import { answerOf } from "../edges/slack/answer.ts";
import { slackListener } from "../edges/slack/receiver.ts";
import type { ReceiverOptions } from "../edges/slack/receiver.ts";
import { openSocket } from "../edges/slack/socket.ts";
import type { Local } from "./local.ts";
import type { Log } from "./log.ts";

export interface Intake extends AsyncDisposable {
  /** For POST /slack/events; null in Socket Mode. */
  readonly listener: Handler | null;
  /** Resolves once events can come in. */
  readonly opened: Promise<void>;
  /** Why no events come in, in a sentence; null while they do. */
  readonly trouble: () => string | null;
}

export function openIntake(options: {
  readonly config: Config;
  readonly boss: PgBoss;
  readonly local: Local | null;
  readonly meter: Metering;
  readonly log: Log;
  readonly wake: () => void;
}): Intake {
  const { config, boss, local, meter, log, wake } = options;
  const receiver: ReceiverOptions = {
    intake: groupCommit(boss, wake),
    now: () => new Date(),
    answer: (envelope) => Promise.resolve(answerOf(envelope, config.model !== null)),
    onEvent: (outcome, seconds) => meter.event(outcome, seconds),
  };
  if (config.slack.mode === "socket") {
    const onTrouble = (sentence: string) => log.warn(sentence);
    const apiUrl = config.slackApiUrl ?? undefined;
    const socket = openSocket(config.slack.appToken, apiUrl, { ...receiver, onTrouble });
    return { listener: null, ...socket };
  }
  const secret = local === null ? signingSecretOf(config) : local.signingSecret;
  return {
    listener: slackListener(secret, receiver),
    opened: Promise.resolve(),
    trouble: () => null,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function signingSecretOf({ slack }: Config): string {
  return slack.mode === "http" ? slack.signingSecret : "";
}
