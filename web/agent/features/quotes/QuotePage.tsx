import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft, FileText } from "lucide-react";
import { useEffect } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, Skeleton } from "#ui";
import { useAccount } from "../../data/account";
import { useQuote } from "../../data/quotes";
import { may, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import css from "../library/Library.module.css";
import { PublishedQuote } from "./PublishedQuote";
import { QuoteEditor } from "./QuoteEditor";
import own from "./Quotes.module.css";

/* One quote: a draft to be written, or what the customer has. */
export function QuotePage() {
	const t = useText();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const { quoteId = "" } = useParams({ strict: false });
	const { data: quote, isError, error, refetch } = useQuote(quoteId);
	const canEdit = may(useUser(), "edit");
	const account = useAccount();
	const isGone = error instanceof ApiError && error.status === 404;
	const leave = () => void navigate({ to: "/library/quotes" });
	useEffect(() => {
		if (quote) document.title = `${quote.paper.title} – ${t("app.name")}`;
	}, [quote, t]);
	return (
		<div className={css.content}>
			<Link to="/library/quotes" className={own.back}>
				<ArrowLeft size={15} aria-hidden />
				{t("quotes.title")}
			</Link>
			{isError && !quote && (
				<EmptyState
					role="alert"
					icon={<FileText size={22} />}
					title={t("library.loadError")}
					text={isGone ? t("quotes.gone") : errorText(error)}
					action={!isGone && <Button onPress={() => void refetch()}>{t("common.retry")}</Button>}
				/>
			)}
			{(account.isPending || (!quote && !isError)) && <Skeleton width="60%" height={28} />}
			{quote &&
				!account.isPending &&
				(quote.state === "DRAFT" && canEdit ? (
					<QuoteEditor
						key={`${quote.id}.${quote.versions.length}`}
						quote={quote}
						timeZone={account.data?.timeZone}
						onGone={leave}
					/>
				) : (
					<PublishedQuote quote={quote} canEdit={canEdit} onGone={leave} />
				))}
		</div>
	);
}
