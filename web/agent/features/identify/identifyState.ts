/* Which message's sender is being identified; the panel stands beside the thread, the button in it. */
import { create } from "zustand";
import type { Message } from "#shared/api/types";

export const useIdentify = create<{ message?: Message }>(() => ({}));
export const openIdentify = (message: Message | undefined) => useIdentify.setState({ message });
