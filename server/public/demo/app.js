import { watchLooks } from './looks.js';
import { fetchToken, server } from './sign-in.js';

const query = new URLSearchParams(location.search);
const userId = query.get('user') ?? '';
const conversationId = query.get('conversation');

/** Built apart from these pages. */
const KIT = '/kit/im-kit.js';

/** @param {string} heading @param {string} text */
function showNotice(heading, text) {
  const notice = document.createElement('main');
  notice.className = 'notice';
  const title = document.createElement('h1');
  title.textContent = heading;
  const words = document.createElement('p');
  words.textContent = text;
  notice.append(title, words);
  document.body.replaceChildren(notice);
}

function showApp() {
  const client = document.createElement('im-client');
  client.setAttribute('server', server);
  client.setAttribute('user-id', userId);
  Object.assign(client, { tokenProvider: () => fetchToken(userId) });
  const app = document.createElement('im-app');
  if (conversationId) app.setAttribute('conversation-id', conversationId);
  client.append(app);
  watchLooks(({ locale, theme }) => {
    client.setAttribute('locale', locale);
    if (theme === '') client.removeAttribute('theme');
    else client.setAttribute('theme', theme);
  });
  document.title = `${userId} · im-kit`;
  document.body.replaceChildren(client);
}

try {
  await import(KIT);
  showApp();
} catch (error) {
  reportError(error);
  showNotice('The kit is not here', 'Build it with "npm run build", then load this page again.');
}
