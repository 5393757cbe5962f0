/** The body of a hook's request as JSON, or in words what it is instead and what mends it. */

export type ReadBody =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly said: string };

export function readJson(body: Buffer): ReadBody {
  try {
    // Some senders begin with a byte order mark, which this leaves away.
    return { ok: true, payload: JSON.parse(new TextDecoder().decode(body)) };
  } catch {
    return { ok: false, said: `the body: ${insteadOfJson(body)}` };
  }
}

function insteadOfJson(body: Buffer): string {
  if (body.length === 0) return "is empty; post JSON";
  if (body[0] === 0x1f && body[1] === 0x8b) return "is compressed; send plain JSON";
  if (body.subarray(0, 8).includes(0)) return "is not UTF-8; send JSON in UTF-8";
  const isForm = /^[\w%.+-]+=/.test(body.toString("latin1", 0, 200));
  if (isForm) return "is a form; set the webhook's content type to application/json";
  return "is not JSON";
}
