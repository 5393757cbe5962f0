/** What a person typed, as they typed it. */

/**
 * Slack hands text on with `&`, `<` and `>` escaped (its manual, "Escaping text"), and what we say of it is escaped on
 * the way out: undone here, once. For values of forms and buttons the manual is silent; undoing what was not done
 * leaves them as they are.
 */
export function typed(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
