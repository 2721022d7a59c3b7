/**
 * Language and colours of the demo pages. They are kept for this browser, and a change on one page
 * reaches the others, frames included, by the storage's own event.
 *
 * @typedef {'en' | 'zh-CN'} Locale
 * @typedef {'' | 'light' | 'dark'} Theme Empty: as the system has it.
 * @typedef {{ readonly locale: Locale, readonly theme: Theme }} Looks
 */
const KEY = 'im-kit-demo';

/** @type {Record<Theme, string>} */
const ICONS = {
  '': 'M4 5h16v11H4zM9 20h6M12 16v4',
  light:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2M12 20v2M4.900 4.900l1.400 1.400M17.700 17.700l1.400 1.400M2 12h2M20 12h2M4.900 19.100l1.400-1.400M17.700 6.300l1.400-1.400',
  dark: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500Z',
};

const NAMES = {
  en: {
    language: 'Language',
    colours: 'Colours',
    '': 'As the system',
    light: 'Light',
    dark: 'Dark',
  },
  'zh-CN': { language: '语言', colours: '外观', '': '跟随系统', light: '浅色', dark: '深色' },
};

/** @type {Set<(looks: Looks) => void>} */
const watchers = new Set();

/** @returns {Looks} */
function read() {
  const system = navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return {
      locale: kept.locale === 'en' || kept.locale === 'zh-CN' ? kept.locale : system,
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : '',
    };
  } catch {
    return { locale: system, theme: '' };
  }
}

let looks = read();

/** @param {Looks} next */
function apply(next) {
  looks = next;
  document.documentElement.lang = looks.locale;
  document.documentElement.dataset.theme = looks.theme;
  for (const watcher of watchers) watcher(looks);
}

/** @param {Partial<Looks>} change */
function choose(change) {
  apply({ ...looks, ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify(looks));
  } catch {
    // A browser that keeps nothing still shows the choice on this page.
  }
}

/**
 * Calls `watcher` now and at every change.
 *
 * @param {(looks: Looks) => void} watcher
 */
export function watchLooks(watcher) {
  watchers.add(watcher);
  watcher(looks);
}

/** @param {Theme} theme */
function icon(theme) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[theme]);
  svg.append(path);
  return svg;
}

/** @param {Partial<Looks>} change @param {string | Node} content */
function option(change, content) {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(content);
  button.addEventListener('click', () => choose(change));
  watchLooks(({ locale, theme }) => {
    const isOn = change.locale === undefined ? change.theme === theme : change.locale === locale;
    button.setAttribute('aria-pressed', String(isOn));
    if (change.theme === undefined) return;
    button.ariaLabel = NAMES[locale][change.theme];
    button.title = NAMES[locale][change.theme];
  });
  return button;
}

/** @param {'language' | 'colours'} name @param {readonly HTMLElement[]} options */
function choice(name, options) {
  const group = document.createElement('div');
  group.className = 'choice';
  group.role = 'group';
  group.append(...options);
  watchLooks(({ locale }) => {
    group.ariaLabel = NAMES[locale][name];
  });
  return group;
}

/**
 * Puts the two switches into a page.
 *
 * @param {Element} place
 */
export function showSwitches(place) {
  const chinese = option({ locale: 'zh-CN' }, '中文');
  chinese.lang = 'zh-CN';
  place.append(
    choice('language', [option({ locale: 'en' }, 'EN'), chinese]),
    choice('colours', [
      option({ theme: '' }, icon('')),
      option({ theme: 'light' }, icon('light')),
      option({ theme: 'dark' }, icon('dark')),
    ]),
  );
}

/**
 * Writes a page's words: `data-text` names the text of an element, `data-label` its label,
 * `data-title` its title.
 *
 * @param {{ readonly [L in Locale]: Readonly<Record<string, string>> }} words
 */
export function showWords(words) {
  watchLooks(({ locale }) => {
    const say = (/** @type {string | undefined} */ name) => words[locale][name ?? ''] ?? '';
    for (const place of document.querySelectorAll('[data-text]')) {
      if (place instanceof HTMLElement) place.textContent = say(place.dataset.text);
    }
    for (const place of document.querySelectorAll('[data-label]')) {
      if (place instanceof HTMLElement) place.ariaLabel = say(place.dataset.label);
    }
    for (const place of document.querySelectorAll('[data-title]')) {
      if (place instanceof HTMLElement) place.title = say(place.dataset.title);
    }
  });
}

apply(looks);
addEventListener('storage', ({ key }) => {
  if (key === KEY) apply(read());
});
