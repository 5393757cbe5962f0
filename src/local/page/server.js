/** The page's way to its server: looking, doing, attaching, playing, and hearing of changes. */

const base = document.documentElement.dataset.base ?? "/";

/** @returns {Promise<any>} everything to show this person now */
export async function look(gaze) {
  const response = await fetch(`${base}look?${new URLSearchParams(gaze)}`);
  if (!response.ok) throw new Error(`the workspace answered ${response.status}`);
  return response.json();
}

/** Does one deed as a person; resolves with `{ ok, what? }`, `what` being a sentence for them. */
export async function act(as, deed) {
  return post("act", JSON.stringify({ as, deed }));
}

export async function attach(where, file) {
  return post(`attach?${new URLSearchParams({ ...where, name: file.name })}`, file);
}

export async function plays() {
  const response = await fetch(`${base}plays`);
  return response.json();
}

export async function startPlay(id, speed) {
  return post("plays", JSON.stringify({ id, speed }));
}

async function post(path, body) {
  try {
    const response = await fetch(base + path, { method: "POST", body });
    return await response.json();
  } catch {
    return { ok: false, what: "The local workspace cannot be reached. Is it still running?" };
  }
}

/** Calls `changed` at once and after each change, and `online` when the connection comes or goes. */
export function follow(changed, online) {
  const source = new EventSource(`${base}stream`);
  source.addEventListener("message", changed);
  source.addEventListener("open", () => online(true));
  source.addEventListener("error", () => online(false));
}

export const fileAddress = (id) => `${base}files/${id}/`;
