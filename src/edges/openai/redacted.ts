/** The one way out: of all that a model is sent, secrets, and the addresses of people and machines unless it is set otherwise, become numbered placeholders. */

import type { ModelRequest } from "../../model/asked.ts";
import {
  redact,
  startPlaceholders,
  type Addresses,
  type Placeholders,
} from "../../redaction/redact.ts";
import type { IncidentId } from "../../vocabulary.ts";

/** Incidents whose secrets are remembered by number, the newest. */
const incidentsMax = 100;

interface Redactor {
  readonly clean: (incident: IncidentId | null, text: string) => string;
  readonly cleanAll: (request: ModelRequest) => ModelRequest;
}

/** The same secret has the same number in all that is sent for one incident; what it stands for stays here. */
export function redactor(addresses: Addresses): Redactor {
  const known = new Map<IncidentId | null, Placeholders>();
  const clean: Redactor["clean"] = (incident, text) => {
    const placeholders = known.get(incident) ?? startPlaceholders();
    known.delete(incident);
    known.set(incident, placeholders);
    for (const oldest of known.keys()) {
      if (known.size <= incidentsMax) break;
      known.delete(oldest);
    }
    return redact(text, { ...addresses, placeholders });
  };
  return {
    clean,
    cleanAll: (request) => {
      const { incident, messages } = request;
      const cleaned = messages.map((each) => ({ ...each, text: clean(incident, each.text) }));
      return { ...request, messages: cleaned };
    },
  };
}
