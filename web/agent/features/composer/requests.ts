/* How the thread asks the composer: answer this message, or hand it on. */
import { useEffect, useRef } from "react";
import type { Message } from "#shared/api/types";
import type { ReplyMode } from "../../data/drafts";

interface AnswerRequest {
	message: Message;
	mode: ReplyMode;
}

const listeners = new Set<(request: AnswerRequest) => void>();

export function answerMessage(message: Message, mode: ReplyMode) {
	for (const run of listeners) run({ message, mode });
}

export function useAnswerRequests(run: (request: AnswerRequest) => void) {
	const latest = useRef(run);
	latest.current = run;
	useEffect(() => {
		const mine = (request: AnswerRequest) => latest.current(request);
		listeners.add(mine);
		return () => void listeners.delete(mine);
	}, []);
}
