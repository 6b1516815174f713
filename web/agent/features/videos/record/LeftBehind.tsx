import { useEffect, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fullTime } from "#shared/time/relative";
import { Banner, Button } from "#ui";
import { videoTime } from "../videoTime";
import { forget, hold, type Kept, leftBehind, piecesOf } from "./keptRecordings";
import type { Recording } from "./recorder";

/* A recording whose window went before it was saved: it can still be had. */
export function LeftBehind({ onTake }: { onTake: (recording: Recording) => void }) {
	const t = useText();
	const { locale } = useIntl();
	const [left, setLeft] = useState<Kept>();
	useEffect(() => {
		void leftBehind().then(setLeft);
	}, []);
	if (!left) return null;
	async function take(kept: Kept) {
		const file = await piecesOf(kept);
		setLeft(undefined);
		hold(kept.id);
		if (file) onTake({ id: kept.id, file, durationMs: kept.durationMs });
		else void forget(kept.id);
	}
	return (
		<Banner
			tone="info"
			role="status"
			action={
				<>
					<Button size="s" onPress={() => void take(left)}>
						{t("videos.record.takeLeft")}
					</Button>
					<Button
						size="s"
						onPress={() => {
							void forget(left.id);
							setLeft(undefined);
						}}
					>
						{t("videos.record.dropLeft")}
					</Button>
				</>
			}
		>
			{t("videos.record.left", {
				time: fullTime(new Date(left.startedAt).toISOString(), locale),
				length: videoTime(left.durationMs),
			})}
		</Banner>
	);
}
