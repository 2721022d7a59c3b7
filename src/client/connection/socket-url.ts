import { ImError } from '../../protocol/im-error.js';

/** The address of the server's socket. @throws ImError `request/invalid` for what is no address. */
export function socketUrl(server: string): URL {
  let url: URL;
  try {
    url = new URL(server);
    url.protocol = url.protocol.replace(/^http/, 'ws');
  } catch (cause) {
    throw new ImError('request/invalid', 'The server is no address.', { field: 'server', cause });
  }
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    throw new ImError('request/invalid', 'The server is no address.', { field: 'server' });
  }
  url.search = url.hash = url.username = url.password = '';
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/socket`;
  return url;
}
