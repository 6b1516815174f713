import { Smile } from "lucide-react";
import { lazy, Suspense } from "react";
import { useText } from "#shared/i18n/useText";
import { IconButton, PopoverButton } from "#ui";

const EmojiGrid = lazy(() => import("./EmojiGrid"));

export function EmojiButton({ onPick }: { onPick: (sign: string) => void }) {
	const t = useText();
	return (
		<PopoverButton
			label={t("editor.emoji")}
			side="top start"
			button={
				<IconButton label={t("editor.emoji")} size="s">
					<Smile size={15} aria-hidden />
				</IconButton>
			}
		>
			{(close) => (
				<Suspense fallback={null}>
					<EmojiGrid
						onPick={(sign) => {
							close();
							onPick(sign);
						}}
					/>
				</Suspense>
			)}
		</PopoverButton>
	);
}
