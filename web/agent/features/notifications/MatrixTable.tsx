import { useText } from "#shared/i18n/useText";
import { Checkbox } from "#ui";
import {
	CHANNELS,
	type Channel,
	type Matrix,
	type NotificationSettings,
	TOPICS,
	type Topic,
} from "../../data/notifications";
import css from "./Notifications.module.css";

interface Props {
	label: string;
	matrix: Matrix;
	fixed: NotificationSettings["fixed"];
	onSwitch: (topic: Topic, channel: Channel, isOn: boolean) => void;
}

/* What by which way: a box for each pair. */
export function MatrixTable({ label, matrix, fixed, onSwitch }: Props) {
	const t = useText();
	return (
		<div className={css.scroll}>
			<table className={css.matrix} aria-label={label}>
				<thead>
					<tr>
						<td />
						{CHANNELS.map((channel) => (
							<th key={channel} scope="col">
								{t(`notifications.channel.${channel}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{TOPICS.map((topic) => (
						<tr key={topic}>
							<th scope="row">
								{t(`notifications.topic.${topic}`)}
								<small>{t(`notifications.topicHint.${topic}`)}</small>
							</th>
							{CHANNELS.map((channel) => (
								<td key={channel}>
									<Checkbox
										aria-label={t("notifications.settings.box", {
											topic: t(`notifications.topic.${topic}`),
											channel: t(`notifications.channel.${channel}`),
										})}
										isDisabled={fixed[topic].includes(channel)}
										isSelected={matrix[topic][channel]}
										onChange={(isOn) => onSwitch(topic, channel, isOn)}
									/>
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
