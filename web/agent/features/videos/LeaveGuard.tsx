import { useBlocker } from "@tanstack/react-router";
import { useText } from "#shared/i18n/useText";
import { Button, Dialog } from "#ui";

/* Asks before something is lost: within the workspace by a question of its own, and by the browser's before the window goes. */
export function LeaveGuard({ isNeeded, text }: { isNeeded: boolean; text: string }) {
	const t = useText();
	const leaving = useBlocker({ shouldBlockFn: () => true, disabled: !isNeeded, withResolver: true });
	if (leaving.status !== "blocked") return null;
	return (
		<Dialog
			isOpen
			role="alertdialog"
			title={t("videos.leaveTitle")}
			closeLabel={t("common.close")}
			onClose={leaving.reset}
			actions={
				<>
					<Button look="danger" onPress={leaving.proceed}>
						{t("videos.leave")}
					</Button>
					<Button look="solid" onPress={leaving.reset}>
						{t("videos.stay")}
					</Button>
				</>
			}
		>
			<p>{text}</p>
		</Dialog>
	);
}
