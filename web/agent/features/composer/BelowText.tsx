import { Ellipsis, X } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton } from "#ui";
import css from "./BelowText.module.css";
import { SafeHtml } from "./SafeHtml";

interface Props {
	signature: string;
	/* The quoted message as text; undefined: nothing is quoted. */
	quote: string | undefined;
	onNoSignature: () => void;
	onNoQuote: () => void;
}

/* What the mail gets below the text: the signature, and what is answered. Both can be left out. */
export function BelowText({ signature, quote, onNoSignature, onNoQuote }: Props) {
	const t = useText();
	const [isShown, setShown] = useState(false);
	if (!signature && quote === undefined) return null;
	return (
		<div className={css.below}>
			{signature && (
				<div className={css.part}>
					<SafeHtml html={signature} label={t("composer.signature")} />
					<IconButton size="s" label={t("composer.noSignature")} onPress={onNoSignature}>
						<X size={13} aria-hidden />
					</IconButton>
				</div>
			)}
			{quote !== undefined && (
				<div className={css.part}>
					<div className={css.quote}>
						<Button
							look="quiet"
							size="s"
							className={css.dots}
							aria-expanded={isShown}
							aria-label={t(isShown ? "composer.quote.hide" : "composer.quote.show")}
							onPress={() => setShown(!isShown)}
						>
							<Ellipsis size={15} aria-hidden />
						</Button>
						{isShown && (
							<blockquote className={css.quoted} dir="auto">
								{quote}
							</blockquote>
						)}
					</div>
					{isShown && (
						<IconButton size="s" label={t("composer.noQuote")} onPress={onNoQuote}>
							<X size={13} aria-hidden />
						</IconButton>
					)}
				</div>
			)}
		</div>
	);
}
