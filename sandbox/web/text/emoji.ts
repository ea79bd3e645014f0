/** Which character does an emoji's name stand for? The names people and apps use most; others stay names. */
const common: Record<string, string> = {
  '+1': '👍', thumbsup: '👍', '-1': '👎', thumbsdown: '👎', clap: '👏', wave: '👋', raised_hands: '🙌', pray: '🙏',
  muscle: '💪', ok_hand: '👌', point_right: '👉', point_down: '👇', point_up: '☝️', eyes: '👀', handshake: '🤝',
  smile: '😄', smiley: '😃', grinning: '😀', slightly_smiling_face: '🙂', wink: '😉', joy: '😂', heart_eyes: '😍',
  thinking_face: '🤔', thinking: '🤔', sweat_smile: '😅', cry: '😢', sob: '😭', confused: '😕', neutral_face: '😐',
  grimacing: '😬', sunglasses: '😎', exploding_head: '🤯', hugging_face: '🤗', robot_face: '🤖', robot: '🤖', ghost: '👻',
  heart: '❤️', broken_heart: '💔', sparkles: '✨', star: '⭐', star2: '🌟', tada: '🎉', confetti_ball: '🎊',
  balloon: '🎈', trophy: '🏆', medal: '🏅', first_place_medal: '🥇', fire: '🔥', rocket: '🚀', zap: '⚡', boom: '💥',
  bulb: '💡', '100': '💯', white_check_mark: '✅', heavy_check_mark: '✔️', ballot_box_with_check: '☑️', x: '❌',
  negative_squared_cross_mark: '❎', heavy_plus_sign: '➕', heavy_minus_sign: '➖', question: '❓', exclamation: '❗',
  warning: '⚠️', no_entry: '⛔', no_entry_sign: '🚫', octagonal_sign: '🛑', construction: '🚧', rotating_light: '🚨',
  bell: '🔔', no_bell: '🔕', mega: '📣', loudspeaker: '📢', speech_balloon: '💬', thought_balloon: '💭',
  hourglass: '⌛', hourglass_flowing_sand: '⏳', alarm_clock: '⏰', stopwatch: '⏱️', watch: '⌚', calendar: '📆',
  date: '📅', spiral_calendar_pad: '🗓️', clock1: '🕐', clock9: '🕘', memo: '📝', pencil: '📝', pencil2: '✏️',
  page_facing_up: '📄', page_with_curl: '📃', clipboard: '📋', file_folder: '📁', open_file_folder: '📂', books: '📚',
  book: '📖', bookmark: '🔖', label: '🏷️', paperclip: '📎', link: '🔗', pushpin: '📌', round_pushpin: '📍',
  scissors: '✂️', lock: '🔒', unlock: '🔓', key: '🔑', hammer: '🔨', wrench: '🔧', gear: '⚙️', nut_and_bolt: '🔩',
  chart_with_upwards_trend: '📈', chart_with_downwards_trend: '📉', bar_chart: '📊', moneybag: '💰', euro: '💶',
  dollar: '💵', credit_card: '💳', receipt: '🧾', briefcase: '💼', office: '🏢', house: '🏠', factory: '🏭',
  email: '✉️', envelope: '✉️', inbox_tray: '📥', outbox_tray: '📤', package: '📦', computer: '💻', iphone: '📱',
  phone: '☎️', mag: '🔍', mag_right: '🔎', microscope: '🔬', telescope: '🔭', test_tube: '🧪', dart: '🎯',
  checkered_flag: '🏁', triangular_flag_on_post: '🚩', white_flag: '🏳️', traffic_light: '🚦', vertical_traffic_light: '🚦',
  red_circle: '🔴', large_orange_circle: '🟠', orange_circle: '🟠', large_yellow_circle: '🟡', yellow_circle: '🟡',
  large_green_circle: '🟢', green_circle: '🟢', large_blue_circle: '🔵', blue_circle: '🔵', purple_circle: '🟣',
  white_circle: '⚪', black_circle: '⚫', large_green_square: '🟩', large_red_square: '🟥', large_yellow_square: '🟨',
  arrow_right: '➡️', arrow_left: '⬅️', arrow_up: '⬆️', arrow_down: '⬇️', arrow_upper_right: '↗️', arrow_lower_right: '↘️',
  arrows_counterclockwise: '🔄', repeat: '🔁', back: '🔙', leftwards_arrow_with_hook: '↩️', information_source: 'ℹ️',
  sunny: '☀️', cloud: '☁️', rainbow: '🌈', seedling: '🌱', evergreen_tree: '🌲', four_leaf_clover: '🍀', coffee: '☕',
  tea: '🍵', pizza: '🍕', birthday: '🎂', cake: '🍰', beers: '🍻', wine_glass: '🍷', see_no_evil: '🙈', dog: '🐶',
  cat: '🐱', bug: '🐛', turtle: '🐢', snail: '🐌', unicorn_face: '🦄', owl: '🦉', ship: '🚢', anchor: '⚓', airplane: '✈️',
};

/** Names offered where somebody reacts. */
export const quickReactions: readonly string[] = ['+1', 'white_check_mark', 'eyes', 'tada', 'heart', 'thinking_face', 'raised_hands', 'x'];

/**
 * The character of an emoji, or its name in colons.
 * @example
 * emojiCharacter('tada') // "🎉"
 */
export function emojiCharacter(name: string): string {
  const bare = name.replace(/::skin-tone-\d$/, '');
  return Object.hasOwn(common, bare) ? (common[bare] ?? '') : `:${name}:`;
}

/** True for a name that stands for a character here. */
export function isEmojiName(name: string): boolean {
  return Object.hasOwn(common, name.replace(/::skin-tone-\d$/, ''));
}

/** A text in which every known name in colons is its character. */
export function emojiText(text: string): string {
  return text.replaceAll(/:([\w+'-]+(?:::skin-tone-[2-6])?):/g, (_, name: string) => emojiCharacter(name));
}
