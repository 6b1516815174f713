import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { Message } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button } from "#ui";
import { later } from "../../shell/later";
import css from "./LongBody.module.css";

const OriginalDialog = later(async () => (await import("./OriginalDialog")).OriginalDialog);

/* Higher ones are cut to about half of that. */
const LONG_PX = 900;

/* A long text shows its beginning; the rest on demand, or the original of a message as it was sent, in a box that can do nothing. */
export function LongBody({ message, children }: { message?: Message; children: ReactNode }) {
	const t = useText();
	const box = useRef<HTMLDivElement>(null);
	const [isLong, setLong] = useState(false);
	const [isOpen, setOpen] = useState(false);
	const [isOriginal, setOriginal] = useState(false);
	useLayoutEffect(() => {
		const el = box.current?.firstElementChild;
		if (!el) return;
		const look = () => setLong(el.getBoundingClientRect().height > LONG_PX);
		look();
		const size = new ResizeObserver(look);
		size.observe(el);
		return () => size.disconnect();
	}, []);
	return (
		<>
			<div ref={box} className={css.box} data-cut={(isLong && !isOpen) || undefined}>
				<div>{children}</div>
			</div>
			{isLong && (
				<div className={css.buttons}>
					<Button size="s" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
						{t(isOpen ? "conversation.showLess" : "conversation.showAll")}
					</Button>
					{message?.html && (
						<Button size="s" look="quiet" onPress={() => setOriginal(true)}>
							{t("conversation.viewOriginal")}
						</Button>
					)}
				</div>
			)}
			{isOriginal && message?.html && (
				<OriginalDialog html={message.html} subject={message.subject} onClose={() => setOriginal(false)} />
			)}
		</>
	);
}
