import { useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { announce } from "./live";
import css from "./Shell.module.css";

/* Says since when nothing new can come, and when it comes again; what is on the screen stays. */
export function ConnectionBanner({ isLost }: { isLost: boolean }) {
	const t = useText();
	const intl = useIntl();
	const isOffline = useOffline();
	const isAway = isOffline || isLost;
	const [since, setSince] = useState<number>();
	const wasAway = useRef(false);
	useEffect(() => setSince(isAway ? Date.now() : undefined), [isAway]);

	const time = intl.formatTime(since ?? Date.now(), { hour: "2-digit", minute: "2-digit" });
	const text = isOffline ? t("banner.offline", { time }) : isLost ? t("banner.reconnecting", { time }) : "";
	useEffect(() => {
		if (isAway) announce(text);
		else if (wasAway.current) announce(t("banner.back"));
		wasAway.current = isAway;
	}, [isAway, text, t]);
	if (!isAway || since === undefined) return null;
	return (
		<section className={css.banner} aria-label={t("banner.region")}>
			<p>{text}</p>
		</section>
	);
}

function useOffline() {
	const [isOffline, setOffline] = useState(!navigator.onLine);
	useEffect(() => {
		const look = () => setOffline(!navigator.onLine);
		addEventListener("online", look);
		addEventListener("offline", look);
		return () => {
			removeEventListener("online", look);
			removeEventListener("offline", look);
		};
	}, []);
	return isOffline;
}
