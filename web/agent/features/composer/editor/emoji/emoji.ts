/* The emoji that people write to customers with: sign, name, and other words it is found by. */

export interface Emoji {
	sign: string;
	name: string;
	words: readonly string[];
}

const LIST =
	"😀 grinning happy|😃 smiley|😄 smile happy|😁 beaming grin|😆 laughing|😅 sweat_smile relieved|😂 joy laugh tears|🤣 rofl|🙂 slight_smile|🙃 upside_down|😉 wink|😊 blush|😇 innocent angel|🥰 hearts love|😍 heart_eyes love|😘 kiss|😋 yum|😜 winking_tongue|🤪 zany|🤗 hugging hug|🤔 thinking hmm|🤨 raised_eyebrow|😐 neutral|😑 expressionless|😶 no_mouth|🙄 roll_eyes|😏 smirk|😣 persevere|😥 disappointed_relieved|😮 open_mouth surprised|🤐 zipper_mouth|😯 hushed|😪 sleepy|😫 tired|😴 sleeping|😌 relieved|😛 tongue|😒 unamused|😓 sweat|😔 pensive sad|😕 confused|🙁 frowning|😖 confounded|😞 disappointed|😟 worried|😤 triumph|😢 cry sad|😭 sob crying|😦 anguished|😨 fearful|😩 weary|🤯 mind_blown|😬 grimacing|😰 anxious|😱 scream|🥵 hot|🥶 cold|😳 flushed|😵 dizzy|😡 angry rage|😷 mask|🤒 ill thermometer|🤕 hurt bandage|🤢 nauseated|🤧 sneezing|🥳 party celebrate|🥺 pleading|🤓 nerd|🧐 monocle|😎 cool sunglasses|🤖 robot|👻 ghost|💩 poop|👍 thumbs_up yes +1 ok|👎 thumbs_down no -1|👌 ok_hand|✌️ victory peace|🤞 fingers_crossed luck|🤟 love_you|🤘 rock|🤙 call_me|👈 point_left|👉 point_right|👆 point_up|👇 point_down|☝️ index_up|✋ raised_hand stop|🖐️ hand|👋 wave hello bye|👏 clap applause|🙌 raised_hands hooray|👐 open_hands|🤝 handshake deal|🙏 pray thanks please|💪 muscle strong|✍️ writing|👀 eyes look|🧠 brain|🙋 raising_hand question|🙅 no_good|🙆 ok_person|🤷 shrug|🤦 facepalm|🙇 bow sorry|❤️ heart love|🧡 orange_heart|💛 yellow_heart|💚 green_heart|💙 blue_heart|💜 purple_heart|🖤 black_heart|💔 broken_heart|💯 hundred|✅ check done|☑️ ballot_check|✔️ tick|❌ cross no|❓ question|❗ exclamation|⚠️ warning|🚫 prohibited|⛔ no_entry|💡 idea bulb|🔥 fire|✨ sparkles|⭐ star|🌟 glowing_star|⚡ zap lightning|💥 boom|🎉 tada party|🎊 confetti|🎁 gift|🏆 trophy|🥇 first gold|🎯 target|🔔 bell|🔕 no_bell|📣 megaphone|🔒 lock|🔓 unlock|🔑 key|🔍 search|🔗 link|📎 paperclip|📌 pin|📍 place|✏️ pencil|📝 memo note|📅 calendar|📆 date|⏰ alarm|⏳ hourglass waiting|⌛ hourglass_done|📈 chart_up|📉 chart_down|📊 bar_chart|📁 folder|📂 open_folder|📄 page|📋 clipboard|🗑️ wastebasket|📦 package parcel|📧 email mail|📨 incoming_mail|✉️ envelope|📞 phone call|📱 mobile|💻 laptop computer|🖥️ desktop|🖨️ printer|⌨️ keyboard|🖱️ mouse|💾 disk save|📷 camera|🎥 video|🔋 battery|🔌 plug|🛠️ tools|🔧 wrench|🔨 hammer|⚙️ gear settings|🐛 bug|🚀 rocket|🚚 truck delivery|✈️ airplane|🚗 car|🚲 bike|🏠 house home|🏢 office|🏦 bank|🛒 cart|💳 credit_card|💰 money|💶 euro|💵 dollar|🧾 receipt|♻️ recycle|🌍 earth|🌈 rainbow|☀️ sun|🌧️ rain|❄️ snow|🌱 seedling|🌹 rose|🍀 clover luck|☕ coffee|🍵 tea|🍺 beer|🍕 pizza|🎂 cake birthday|🍎 apple|🐶 dog|🐱 cat|🦊 fox|🐼 panda|🦄 unicorn|⬆️ up|⬇️ down|➡️ right arrow|⬅️ left|🔄 refresh|▶️ play|⏸️ pause|⏹️ stop_button|➕ plus|➖ minus|🟢 green|🟡 yellow|🔴 red|🔵 blue|1️⃣ one|2️⃣ two|3️⃣ three";

export const EMOJI: readonly Emoji[] = LIST.split("|").map((line) => {
	const [sign = "", ...words] = line.split(" ");
	return { sign, name: words[0] ?? "", words };
});

/* Those whose name begins with the query first, then those with another word that does, then those that hold it. */
export function findEmoji(query: string, limit: number): Emoji[] {
	const wanted = query.toLowerCase().replace(/:$/, "");
	const rank = (e: Emoji) =>
		e.name.startsWith(wanted) ? 0 : e.words.some((w) => w.startsWith(wanted)) ? 1 : e.name.includes(wanted) ? 2 : 3;
	return EMOJI.map((e) => ({ e, rank: rank(e) }))
		.filter((x) => x.rank < 3)
		.sort((a, b) => a.rank - b.rank)
		.slice(0, limit)
		.map((x) => x.e);
}
