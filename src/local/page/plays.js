/** The panel of recorded incidents: what each is about, which one is playing, and starting one. */
import { h, tellPerson } from "./dom.js";
import { dialogTitle } from "./menu.js";
import { act, plays, startPlay } from "./server.js";
import { names } from "./text.js";

const sample =
  "Ninety days of made-up history are there to look at: /hindsight digest sample, /hindsight stats sample.";
const explanation =
  "Each is a recording of a real fault in a small shop, with its metrics, logs and commits. " +
  "It plays in a channel of its own, as if the trouble had begun two minutes ago.";

/** @param {(channel: string) => void} open */
export async function showPlays(open) {
  const list = h(
    "div",
    { class: "content plays" },
    h("p", { class: "muted" }, "Reading the recordings…"),
  );
  const dialog = h(
    "dialog",
    { class: "dialog wide", "aria-labelledby": "plays-title" },
    dialogTitle("plays-title", "Play an incident", () => dialog.close()),
    h("p", { class: "lead muted" }, explanation),
    list,
    h("p", { class: "lead muted" }, sample),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  const leave = (channel) => {
    dialog.close();
    open(channel);
  };
  list.replaceChildren(...(await cards(leave)));
}

async function cards(leave) {
  const known = await plays().catch(() => undefined);
  if (known === undefined)
    return [h("p", { class: "problem" }, "The recordings cannot be read just now.")];
  if (known.plays.length === 0)
    return [h("p", { class: "muted" }, "There are no recordings in this copy of Hindsight.")];
  return known.plays.map((play) => card(play, known.playing, leave));
}

function card(play, playing, leave) {
  const start = (speed) => async (event) => {
    const { currentTarget } = event;
    currentTarget.disabled = true;
    const result = await startPlay(play.id, speed);
    if (result.channel !== undefined) {
      await act(names.me, { kind: "join", channel: result.channel });
      return leave(result.channel);
    }
    currentTarget.disabled = false;
    tellPerson(result.what ?? "It could not be started.");
  };
  const running = playing.filter((each) => each.id === play.id);
  const minutes = play.durationMinutes;
  return h(
    "article",
    { class: "play" },
    h("header", {}, h("h3", {}, play.title), h("span", { class: "tag" }, play.symptom)),
    h("p", {}, play.summary),
    h(
      "footer",
      {},
      h(
        "span",
        { class: "muted" },
        `${minutes} min; at ten times the speed ${Math.max(1, Math.round(minutes / 10))} min`,
      ),
      running.map((each) => button(`Open (${each.phase})`, "", () => leave(each.channel))),
      button("Real time", "", start(1)),
      button("Play ×10", "primary", start(10)),
    ),
  );
}

const button = (text, kind, onclick) =>
  h("button", { type: "button", class: `button ${kind}`, onclick }, text);
