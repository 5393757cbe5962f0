/** Whether words about the trouble ask for something of their own, which another list of steps would not answer. */

const asks =
  /^(?:(?:and|so|ok|okay|hey|but|also|please)[\s,]+)*(?:which|who|whose|where|when|since when|how (?:many|much|often|long|far|high|big|old|bad|serious|severe|likely|sure|certain|wide|widespread)|what (?:is|are|was|were|does|did|do|kind|version|value|limit|size)|what's|(?:can|could) you (?:show|tell|find|list|compare|explain)|show me|tell me|find|list|compare|explain|describe|(?:is|are|was|were) there)\b/i;

/** These are what a list of steps is for. */
const ofSteps =
  /\b(?:next|now|to do|should|steps?|suggest\w*|ideas?|options?|hypothes[ei]s|again|wrong|problem|issue|cause)\b/i;

/** `words`: without the mention. */
export function isOwnQuestion(words: string): boolean {
  return asks.test(words) && !ofSteps.test(words);
}
