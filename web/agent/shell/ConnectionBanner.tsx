import { useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import { useUnsent } from "../data/unsent";
import { UnsentDialog } from "../features/unsent";
import { announce } from "./live";
import css from "./Shell.module.css";
import { useOffline } from "./useOffline";

/* Says since when nothing new can come, and when it comes again; what is on the screen stays. What waits for the server is counted. */
export function ConnectionBanner({ isLost }: { isLost: boolean }) {
	const t = useText();
	const intl = useIntl();
	const isOffline = useOffline();
	const isAway = isOffline || isLost;
	const [since, setSince] = useState<number>();
	const [isOpen, setOpen] = useState(false);
	const unsent = useUnsent();
	const problems = unsent.filter((w) => w.problem).length;
	const wasAway = useRef(false);
	useEffect(() => setSince(isAway ? Date.now() : undefined), [isAway]);

	const time = intl.formatTime(since ?? Date.now(), { hour: "2-digit", minute: "2-digit" });
	const text = isOffline ? t("banner.offline", { time }) : isLost ? t("banner.reconnecting", { time }) : "";
	useEffect(() => {
		if (isAway) announce(text);
		else if (wasAway.current) announce(t("banner.back"));
		wasAway.current = isAway;
	}, [isAway, text, t]);
	const isTold = isAway && since !== undefined;
	return (
		<>
			{(isTold || unsent.length > 0) && (
				<section className={css.banner} aria-label={t("banner.region")}>
					<p>
						{isTold && text}{" "}
						{unsent.length > 0 && (
							<>
								{problems ? t("unsent.problems", { count: problems }) : t("unsent.count", { count: unsent.length })}{" "}
								<Button size="s" onPress={() => setOpen(true)}>
									{t("unsent.show")}
								</Button>
							</>
						)}
					</p>
				</section>
			)}
			{isOpen && <UnsentDialog onClose={() => setOpen(false)} />}
		</>
	);
}
