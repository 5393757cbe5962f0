/** The one way out: of all that a model is sent, secrets and the addresses of people and machines become numbered placeholders. */

import type { ModelMessage, ModelRequest } from "../../model/asked.ts";
import { redact, startPlaceholders, type Placeholders } from "../../redaction/redact.ts";
import type { IncidentId } from "../../vocabulary.ts";

/** Incidents whose secrets are remembered by number, the newest. */
const incidentsMax = 100;

/** The same secret has the same number in all that is sent for one incident; what it stands for stays here. */
export function redactor(): (request: ModelRequest) => ModelRequest {
  const known = new Map<IncidentId | null, Placeholders>();
  return (request) => {
    const placeholders = known.get(request.incident) ?? startPlaceholders();
    known.delete(request.incident);
    known.set(request.incident, placeholders);
    for (const oldest of known.keys()) {
      if (known.size <= incidentsMax) break;
      known.delete(oldest);
    }
    const clean = (text: string): string => redact(text, { emails: true, ips: true, placeholders });
    return { ...request, messages: request.messages.map((each) => cleaned(each, clean)) };
  };
}

function cleaned(message: ModelMessage, clean: (text: string) => string): ModelMessage {
  if (message.role !== "assistant") return { ...message, text: clean(message.text) };
  const calls = message.calls?.map((call) => ({ ...call, arguments: clean(call.arguments) }));
  return {
    role: message.role,
    text: clean(message.text),
    ...(calls === undefined ? {} : { calls }),
  };
}
