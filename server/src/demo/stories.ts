/** The people of the demo, and what they have talked about. All of them are invented. */
import type { User } from '../../../src/protocol/entities.js';

export type Line = {
  /** `12m`: minutes ago. `2d 09:41`: that many days ago at that time. */
  readonly when: string;
  readonly sender: string;
  readonly text: string;
};

export type Story = {
  /** `group:<id>`, or nothing for a conversation of two. */
  readonly id?: string;
  readonly name?: string;
  readonly members: readonly string[];
  readonly lines: readonly Line[];
  /** How many of the last lines a member has not read; the others have read everything. */
  readonly unread?: Readonly<Record<string, number>>;
};

export const PEOPLE: readonly User[] = [
  { id: 'alice', name: 'Alice Meyer' },
  { id: 'bob', name: 'Bob Tanaka' },
  { id: 'lin', name: 'Lin Jia 林佳' },
  { id: 'mara', name: 'Mara Okafor' },
  { id: 'ken', name: 'Ken Alvarez' },
  { id: 'desk', name: 'Kiln & Leaf' },
];

const say = (when: string, sender: string, text: string): Line => ({ when, sender, text });

/** Least recent first. */
export const STORIES: readonly Story[] = [
  {
    members: ['alice', 'ken'],
    lines: [
      say('5d 11:02', 'ken', 'Do you still have the spare key for the workshop?'),
      say('5d 11:20', 'alice', 'Yes, it is in my desk. Top drawer, blue tag.'),
      say('5d 11:21', 'ken', 'You are a lifesaver. I will put it back tonight.'),
      say('4d 08:47', 'ken', 'Key is back where it was 🔑'),
      say('4d 09:15', 'alice', 'Perfect, thank you!'),
    ],
  },
  {
    members: ['alice', 'desk'],
    lines: [
      say('3d 16:31', 'alice', 'Hello! Is the celadon teapot coming back this year?'),
      say(
        '3d 16:38',
        'desk',
        'Hi Alice, thanks for asking. The next firing is on the 28th, and six of them are in it.',
      ),
      say('3d 16:39', 'desk', 'Shall I put one aside for you? No payment before you have seen it.'),
      say('3d 16:44', 'alice', 'Yes please, the one with the bamboo handle.'),
      say('3d 16:45', 'desk', 'Done. I will write as soon as it is out of the kiln.'),
    ],
  },
  {
    id: 'group:sunday-hikers',
    name: 'Sunday hikers',
    members: ['alice', 'bob', 'mara', 'ken'],
    lines: [
      say('3d 19:05', 'mara', 'Sunday looks dry until four. Ridge trail or the lake?'),
      say('3d 19:12', 'ken', 'Ridge! I want the view.'),
      say(
        '3d 19:14',
        'bob',
        'Ridge is fine, but the 8:10 train, please. I am not a morning person.',
      ),
      say('3d 19:31', 'alice', 'Ridge and the 8:10. I bring the thermos.'),
      say('2d 17:48', 'mara', 'What a day. My legs have opinions.'),
      say('2d 17:52', 'ken', 'Summit in 2 h 20. New record for us ⛰️'),
      say('2d 18:03', 'bob', 'The soup place at the end was the real summit.'),
      say('1d 20:26', 'mara', 'Next time the lake, then. Two weeks from now?'),
      say('1d 20:40', 'ken', 'In.'),
    ],
    unread: { alice: 2, bob: 2 },
  },
  {
    members: ['alice', 'mara'],
    lines: [
      say('1d 13:10', 'mara', 'Did the printer confirm the booklet?'),
      say('1d 13:18', 'alice', 'They did: 400 copies, Wednesday morning, delivered to the venue.'),
      say('1d 13:19', 'mara', 'Then that is one thing less to worry about.'),
      say('1d 13:22', 'alice', 'Done, thank you!'),
    ],
  },
  {
    members: ['alice', 'lin'],
    lines: [
      say('2d 21:08', 'lin', '周四的高铁票我买好了，两张，靠窗的给你 🚄'),
      say('2d 21:15', 'alice', '太好了，谢谢！几点出发？'),
      say('2d 21:16', 'lin', '9:24，虹桥站。我们 8:50 在南二口见，怎么样？'),
      say('2d 21:20', 'alice', '没问题。早饭我来买，你要豆浆还是咖啡？'),
      say('2d 21:22', 'lin', '豆浆，热的，不加糖 😄'),
      say('1d 10:03', 'alice', '酒店也订好了，离会场走路十分钟。'),
      say('1d 10:11', 'lin', '完美。'),
      say('46m', 'lin', '对了，主办方把彩排改到周四下午两点了。'),
      say('45m', 'lin', '到站以后我们直接去会场吧，行李可以放后台。'),
    ],
    unread: { alice: 2 },
  },
  {
    id: 'group:autumn-launch',
    name: 'Autumn launch / 秋季发布会',
    members: ['alice', 'bob', 'lin', 'mara', 'ken'],
    lines: [
      say(
        '2d 09:30',
        'mara',
        'Morning all. Three weeks to go, so here is the plan: rehearsal Thursday, doors Friday at 18:00.',
      ),
      say('2d 09:34', 'lin', '场地那边确认了：北厅，120 个座位，灯光和投影都包括。'),
      say('2d 09:41', 'bob', 'The north hall is the one with the good light, right?'),
      say('2d 09:42', 'lin', '对，下午的光线特别好。'),
      say(
        '2d 09:55',
        'alice',
        'Great choice. I put the budget into the shared folder; comments until Wednesday, please.',
      ),
      say('1d 11:07', 'ken', 'Budget looks fine to me. Only the catering line is a bit brave 😅'),
      say(
        '1d 11:12',
        'alice',
        'Then let us get a second offer. @Mara, do you still know the people from spring?',
      ),
      say('1d 11:25', 'mara', 'I do, and they were cheaper. I will call them today.'),
      say('1d 15:50', 'mara', 'Second offer is in: 18 % less, and they bring their own plates.'),
      say('1d 15:58', 'alice', 'Sold. Thank you!'),
      say('31m', 'lin', '彩排改到周四 14:00，大家时间可以吗？'),
      say('27m', 'ken', 'Works for me.'),
      say(
        '24m',
        'mara',
        'Me too. Alice, can you book meeting room B for the briefing before? 会议室 B 也要。',
      ),
    ],
    unread: { alice: 3, bob: 1 },
  },
  {
    members: ['alice', 'bob'],
    lines: [
      say('1d 17:32', 'alice', 'How did the demo with the museum go?'),
      say(
        '1d 17:40',
        'bob',
        'Better than I hoped. They stayed an hour longer and asked about everything.',
      ),
      say(
        '1d 17:41',
        'bob',
        'One question I could not answer: can visitors write in their own language?',
      ),
      say(
        '1d 17:47',
        'alice',
        'They can. English and 中文 are there today, and others are one file each.',
      ),
      say('1d 17:49', 'bob', 'Oh, nice. I will write them tonight.'),
      say('19m', 'bob', 'They said yes! 🎉'),
      say('18m', 'alice', 'That is wonderful news. Lunch is on me.'),
      say('16m', 'bob', 'The noodle place at half past twelve?'),
      say('15m', 'alice', 'See you there. Bring the contract, I want to see it with my own eyes.'),
    ],
  },
];
