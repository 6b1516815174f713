import { AppWindow, Maximize2, Minimize2 } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { cx, IconButton, toast } from "#ui";
import { usePrefs } from "../../data/prefs";
import { useWriting } from "../presence";
import css from "./Composer.module.css";
import { ComposerTabs } from "./ComposerTabs";
import frameCss from "./Frame.module.css";
import { HeightHandle } from "./HeightHandle";
import { popOut } from "./popOut";
import type { ComposerTab } from "./tabs";
import { useAlone } from "./useAlone";

interface Props {
	ticketId: string;
	tabs: readonly ComposerTab[];
	tab: ComposerTab;
	onTab: (id: ComposerTab["id"]) => void;
	children: ReactNode;
}

/* The open composer and its size: as high as it was dragged, or large over the page, or in a window of its own. The editor stays the
 * same one in all sizes on the page. */
export function Frame({ ticketId, tabs, tab, onTab, children }: Props) {
	const t = useText();
	const { editorHeight } = usePrefs();
	const [largeFor, setLargeFor] = useState<string>();
	const isLarge = largeFor === ticketId;
	const onInput = useWriting(ticketId, tab.id);
	const root = useRef<HTMLElement>(null);
	useAlone(root, isLarge);
	useEffect(() => {
		if (isLarge) root.current?.querySelector<HTMLElement>("[contenteditable=true]")?.focus();
	}, [isLarge]);
	const style = {
		"--editor-height": !isLarge && editorHeight ? `${editorHeight}px` : undefined,
	} as React.CSSProperties;
	return (
		<>
			{isLarge && <div className={frameCss.backdrop} onPointerDown={() => setLargeFor(undefined)} />}
			<section
				ref={root}
				className={cx(css.composer, isLarge && frameCss.large)}
				data-region="composer"
				data-large={isLarge || undefined}
				data-sized={(!isLarge && editorHeight !== undefined) || undefined}
				{...(isLarge && { role: "dialog", "aria-modal": true })}
				aria-label={t("composer.region")}
				style={style}
				onInput={onInput}
				onKeyDown={(e) => {
					if (!isLarge || e.key !== "Escape" || e.nativeEvent.isComposing) return;
					e.preventDefault();
					setLargeFor(undefined);
				}}
			>
				<div className={css.box}>
					{!isLarge && <HeightHandle />}
					<div className={frameCss.bar}>
						{tabs.length > 1 ? (
							<ComposerTabs tabs={tabs} value={tab.id} onChange={onTab} />
						) : (
							<span className={frameCss.title}>{t(tab.label)}</span>
						)}
						<span className={frameCss.buttons}>
							{!isLarge && (
								<IconButton
									size="s"
									label={t("composer.popOut")}
									onPress={() => popOut(ticketId) || toast("bad", t("composer.noWindow"))}
								>
									<AppWindow size={15} aria-hidden />
								</IconButton>
							)}
							<IconButton
								size="s"
								label={t(isLarge ? "composer.shrink" : "composer.expand")}
								onPress={() => setLargeFor(isLarge ? undefined : ticketId)}
							>
								{isLarge ? <Minimize2 size={15} aria-hidden /> : <Maximize2 size={15} aria-hidden />}
							</IconButton>
						</span>
					</div>
					{children}
				</div>
			</section>
		</>
	);
}
