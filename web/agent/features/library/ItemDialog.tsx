import { type ReactNode, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog } from "#ui";
import css from "./Library.module.css";

interface Props {
	title: string;
	error?: string;
	isBusy: boolean;
	isChanged: boolean;
	/* What one may only look at has nothing to save. */
	isReadOnly?: boolean;
	/* It holds what was typed before and not saved. */
	onStartOver?: () => void;
	/* Somebody else changed it since it was opened. */
	stale?: { takeTheirs: () => void; saveMine: () => void };
	onSave: () => void;
	onClose: () => void;
	children: ReactNode;
}

/* The form of an item. What was typed does not go by a slip: it asks before. */
export function ItemDialog(p: Props) {
	const t = useText();
	const [isAsking, setAsking] = useState(false);
	const close = () => (p.isChanged && !p.isReadOnly ? setAsking(true) : p.onClose());
	return (
		<Dialog
			isOpen
			isKept
			isWide
			title={p.title}
			closeLabel={t("common.close")}
			onClose={close}
			actions={
				<>
					<Button onPress={close}>{t(p.isReadOnly ? "common.close" : "common.cancel")}</Button>
					{!p.isReadOnly && (
						<Button look="solid" isPending={p.isBusy} onPress={p.onSave}>
							{t("common.save")}
						</Button>
					)}
				</>
			}
		>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: a key that works in all of its fields */}
			<div
				className={css.form}
				onKeyDown={(e) => {
					if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey) || p.isReadOnly) return;
					e.preventDefault();
					p.onSave();
				}}
			>
				{isAsking && (
					<Banner
						tone="warn"
						role="alert"
						action={
							<>
								<Button size="s" onPress={() => setAsking(false)}>
									{t("library.keepWriting")}
								</Button>
								<Button size="s" look="danger" onPress={p.onClose}>
									{t("library.throwAway")}
								</Button>
							</>
						}
					>
						{t("library.unsaved")}
					</Banner>
				)}
				{p.onStartOver && (
					<Banner
						tone="info"
						action={
							<Button size="s" onPress={p.onStartOver}>
								{t("library.startOver")}
							</Button>
						}
					>
						{t("library.kept")}
					</Banner>
				)}
				{p.stale && (
					<Banner
						tone="warn"
						role="alert"
						action={
							<>
								<Button size="s" onPress={p.stale.takeTheirs}>
									{t("library.takeTheirs")}
								</Button>
								<Button size="s" look="danger" onPress={p.stale.saveMine}>
									{t("library.saveMine")}
								</Button>
							</>
						}
					>
						{t("library.stale")}
					</Banner>
				)}
				{p.error && (
					<Banner tone="bad" role="alert">
						{p.error}
					</Banner>
				)}
				{p.children}
			</div>
		</Dialog>
	);
}
