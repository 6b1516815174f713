import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, Dialog, TextField } from "#ui";
import { type CardData, type CardKind, hostOf, webAddress } from "../nodes/cardKinds";
import css from "./CardDialog.module.css";

interface Props {
	kind: CardKind;
	onInsert: (card: CardData) => void;
	onClose: () => void;
}

/* An address and what it is called, as a card. */
export function CardDialog({ kind, onInsert, onClose }: Props) {
	const t = useText();
	const [address, setAddress] = useState("");
	const [title, setTitle] = useState("");
	const [description, setDescription] = useState("");
	const [isTried, setTried] = useState(false);
	const url = webAddress(address);
	function insert() {
		setTried(true);
		if (!url) return;
		onInsert({ kind, url, title: title.trim() || hostOf(url), description: description.trim() });
	}
	return (
		<Dialog
			isOpen
			title={t(`insert.card.${kind}`)}
			closeLabel={t("common.close")}
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" onPress={insert}>
						{t("insert.add")}
					</Button>
				</>
			}
		>
			<form
				className={css.form}
				onSubmit={(e) => {
					e.preventDefault();
					insert();
				}}
			>
				<TextField
					label={t("insert.address")}
					placeholder="https://"
					inputMode="url"
					autoFocus
					value={address}
					onChange={setAddress}
					error={isTried && !url ? t("insert.badAddress") : undefined}
				/>
				<TextField label={t("insert.title")} value={title} onChange={setTitle} maxLength={200} />
				<TextField label={t("insert.description")} value={description} onChange={setDescription} maxLength={300} />
				<button type="submit" hidden />
			</form>
		</Dialog>
	);
}
