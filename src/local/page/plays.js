/** The panel of recorded incidents: what each is about, which one is playing, and starting one. */
import { h, tellPerson } from "./dom.js";
import { plays, startPlay } from "./server.js";

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
    h(
      "header",
      {},
      h("h2", { id: "plays-title" }, "Play an incident"),
      h(
        "button",
        { type: "button", class: "icon", "aria-label": "Close", onclick: () => dialog.close() },
        "✕",
      ),
    ),
    h(
      "p",
      { class: "lead muted" },
      "Each is a recording of a real fault in a small shop, with its metrics and commits. It plays in a channel of its own, as if the trouble had begun two minutes ago.",
    ),
    list,
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  try {
    const known = await plays();
    const cards = known.plays.map((play) => card(play, known.playing, { open, dialog }));
    list.replaceChildren(
      ...(cards.length > 0
        ? cards
        : [h("p", { class: "muted" }, "There are no recordings in this copy of Hindsight.")]),
    );
  } catch {
    list.replaceChildren(h("p", { class: "problem" }, "The recordings cannot be read just now."));
  }
}

function card(play, playing, { open, dialog }) {
  const running = playing.filter((each) => each.id === play.id);
  const start = (speed) => async (event) => {
    event.currentTarget.disabled = true;
    const result = await startPlay(play.id, speed);
    if (result.channel === undefined) return tellPerson(result.what ?? "It could not be started.");
    dialog.close();
    open(result.channel);
  };
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
        `${play.durationMinutes} min, ${Math.max(1, Math.round(play.durationMinutes / 10))} min at ten times the speed`,
      ),
      running.map((each) =>
        h(
          "button",
          {
            type: "button",
            class: "button",
            onclick: () => {
              dialog.close();
              open(each.channel);
            },
          },
          `Open (${each.phase})`,
        ),
      ),
      h("button", { type: "button", class: "button", onclick: start(1) }, "Real time"),
      h("button", { type: "button", class: "button primary", onclick: start(10) }, "Play ×10"),
    ),
  );
}
