/** Which channels are incidents', and how long what is said there is kept. */

import { daysOf, patternOf, type Asking } from "./config-values.ts";

export interface ChannelSettings {
  /** Of the channel's name. */
  readonly incidentChannels: RegExp;
  /** How long texts of messages are kept. */
  readonly keepsMessagesDays: number;
}

export function channelSettings(asking: Asking): ChannelSettings {
  return {
    incidentChannels: patternOf(asking),
    keepsMessagesDays: daysOf(asking, "RETENTION_DAYS_MESSAGES", "30"),
  };
}
