/**
 * Signs a demo person in, which works only on this machine and only with `--dev`. On a real site your
 * own back end hands out the token, to whom it has signed in itself.
 *
 * @param {string} userId
 * @returns {Promise<string>}
 */
export async function fetchToken(userId) {
  const response = await fetch('/dev/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.code);
  return answer.token;
}

/** Where the chat server is: here. */
export const server = location.origin;
