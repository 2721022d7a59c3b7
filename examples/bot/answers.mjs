/** What the bot says. */

const CHINESE = /\p{Script=Han}/u;

const COMMANDS = [
  { names: /^(help|帮助)$/i, en: help, zh: helpInChinese },
  { names: /^(time|时间)$/i, en: () => timeIn('en'), zh: () => timeIn('zh-CN') },
  { names: /^(?:pick|选)\s+(.+)$/i, en: pick, zh: pick },
];

/**
 * @param {string} text - What somebody has written.
 * @param {string} [name] - The name that a message has to begin with, as in groups.
 * @returns {string | undefined} The answer, if the message was meant for the bot.
 */
export function answerTo(text, name) {
  let words = text.trim();
  if (name !== undefined) {
    if (!words.toLowerCase().startsWith(`@${name.toLowerCase()} `)) return;
    words = words.slice(name.length + 2).trim();
  }
  const isChinese = CHINESE.test(words);
  for (const { names, en, zh } of COMMANDS) {
    const found = names.exec(words);
    if (found) return (isChinese ? zh : en)(found[1] ?? '');
  }
  return isChinese ? `没听懂。${helpInChinese()}` : `I don’t know that one. ${help()}`;
}

function help() {
  return 'Try “time”, or “pick tea, coffee”.';
}

function helpInChinese() {
  return '可以试试「时间」，或「选 米饭，面条」。';
}

function timeIn(locale) {
  return new Date().toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' });
}

function pick(choices) {
  const list = choices.split(/[,，、]/).map((choice) => choice.trim());
  return list[Math.floor(Math.random() * list.length)] || list[0];
}
