/** The least a first screen can cost: 50 conversations and 50 messages as plain DOM, data in the script. */
import { sayPainted } from '../pages/painted.js';
import { box, conversationRow, messageRow, page } from './rows.js';

const ROWS = 50;

const rooms = box('rooms');
const list = box('list');
for (let index = 0; index < ROWS; index++) rooms.append(conversationRow(index, index + 1));
for (let seq = 1; seq <= ROWS; seq++) list.append(messageRow(seq));
page(rooms, list);
list.scrollTop = list.scrollHeight;
sayPainted();
