/**
 * Registers every element: at once what the first picture needs, and late, by the app, all that belongs
 * to an open conversation. The provider comes first, so that the others find it when they wake up.
 */
import './elements/client/define.js';
import './elements/app/define.js';
import './elements/conversation-list/define.js';
import './elements/primitives/avatar/define.js';
import './elements/primitives/badge/define.js';
import './elements/primitives/connection-bar/define.js';
import './elements/primitives/skeleton/define.js';
import './elements/primitives/state/define.js';
