import { createClient } from '../../client/create-client.js';
import { ClientPool } from './client-pool.js';

/** The clients of this page. */
export const sharedClients: ClientPool = new ClientPool(createClient);
