/** Making elements from data (text only, never HTML) and keeping lists of them up to date without losing focus. */

/**
 * Makes an element. Properties beginning with "on" are listeners, `class`, `data-*` and `aria-*` are attributes.
 * @param {string} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string | null | undefined | false | (Node | string | null | undefined | false)[])} children
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else element.setAttribute(name, String(value));
  }
  element.append(
    ...children
      .flat(9)
      .filter((child) => child !== null && child !== undefined && child !== false && child !== ""),
  );
  return element;
}

/**
 * Makes `container` hold one element per item, in order; an item whose version is unchanged keeps its element.
 * @template T
 * @param {Element} container
 * @param {readonly T[]} items
 * @param {{ key: (item: T, index: number) => string, version: (item: T, index: number) => string, make: (item: T, index: number) => Element }} how
 */
export function reconcile(container, items, how) {
  const before = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const focus = document.activeElement?.closest?.("[data-focus]")?.dataset.focus;
  let place = container.firstElementChild;
  items.forEach((item, index) => {
    const key = how.key(item, index);
    const version = how.version(item, index);
    let element = before.get(key);
    if (element?.dataset.version !== version) {
      const made = how.make(item, index);
      made.dataset.key = key;
      made.dataset.version = version;
      if (element !== undefined) {
        if (place === element) place = made;
        element.replaceWith(made);
      }
      element = made;
    }
    before.delete(key);
    if (element === place) place = place.nextElementSibling;
    else container.insertBefore(element, place);
  });
  for (const gone of before.values()) gone.remove();
  if (focus !== undefined && !document.activeElement?.closest?.("[data-focus]"))
    container.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
}

/** A short sentence at the foot of the page, read out by screen readers, gone after some seconds. */
export function tellPerson(text) {
  const toast = h("div", { class: "toast", role: "status" }, text);
  document.querySelector(".toast")?.remove();
  document.body.append(toast);
  setTimeout(() => toast.remove(), 6000);
}
