const ONE =
  '(?:\\p{RI}\\p{RI}|[0-9#*]\\uFE0F?\\u20E3|\\p{ExtPict}(?:\\p{EMod}|\\uFE0F)?(?:\\u200D\\p{ExtPict}(?:\\p{EMod}|\\uFE0F)?)*)';
const FEW = new RegExp(`^(?:${ONE}\\s?){1,3}$`, 'u');

/** Whether a text is one to three emoji and nothing else; such messages are shown large. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 60 && FEW.test(text.trim());
}
