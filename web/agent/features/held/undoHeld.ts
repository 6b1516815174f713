import { ApiError } from "#shared/api/client";
import type { HeldReply } from "#shared/api/types";
import type { Translate } from "#shared/i18n/useText";
import { toast } from "#ui";
import { restoreDraft } from "../../data/draftStore";
import { isDraftAgain, isTakenBack, takeBack } from "../../data/held";
import { perform } from "../../shell/actions";

/* The reply stands in the editor again, as it was written; too late is said. */
export async function undoHeld(userId: string, held: HeldReply, t: Translate, errorText: (e: unknown) => string) {
	if (isTakenBack(held)) return;
	try {
		const draft = await takeBack(held);
		if (draft.version > 0) restoreDraft(userId, draft);
		/* When the editor is there. */
		setTimeout(() => perform("reply"), 0);
	} catch (e) {
		const isGone = e instanceof ApiError && e.status === 404;
		if (isGone && (await isDraftAgain(held))) return;
		toast("bad", isGone ? t("sending.tooLate") : errorText(e));
	}
}
