/* What can be done here and now, by name: the palette (Mod+K) offers it, menus draw it, the shortcuts sheet names its keys.
 *
 *	useCommands([{ id: "ticket.merge", label: t("manage.merge"), section: "ticket", run: openMerge }]);
 *
 * in the component that can do it: a command is there while the component is. A command with a shortcut (an action of
 * shared/keys/keymap) answers its key too; useAction() is for keys that are no command (next row). The newest of two with one id
 * wins. Take isLater off the action's row in the keymap when the first command or handler answers it. */
import { type ComponentType, useEffect, useRef } from "react";
import type { Action } from "#shared/keys/keymap";
import { answer } from "./actions";

/* In the order of the palette. */
export const COMMAND_SECTIONS = ["ticket", "list", "create", "go", "app"] as const;
export type CommandSection = (typeof COMMAND_SECTIONS)[number];

export interface Command {
	id: string;
	/* In the reader's language. */
	label: string;
	section: CommandSection;
	shortcut?: Action;
	/* Other words that find it. */
	keywords?: string;
	icon?: ComponentType<{ size?: number }>;
	/* Left out: always, while it is registered. */
	isAvailable?: () => boolean;
	run: () => unknown;
}

type Source = () => readonly Command[];
const sources: Source[] = [];

const isAvailable = (c: Command) => c.isAvailable?.() !== false;

export function useCommands(commands: readonly Command[]) {
	const latest = useRef(commands);
	latest.current = commands;
	useEffect(() => {
		const source: Source = () => latest.current;
		sources.unshift(source);
		return () => void sources.splice(sources.indexOf(source), 1);
	}, []);
	const shortcuts = commands.flatMap((c) => c.shortcut ?? []).join(" ");
	useEffect(() => {
		const stops = (shortcuts ? (shortcuts.split(" ") as Action[]) : []).map((action) =>
			answer(action, () => {
				const command = latest.current.find((c) => c.shortcut === action);
				if (!command || !isAvailable(command)) return false;
				return command.run();
			}),
		);
		return () => {
			for (const stop of stops) stop();
		};
	}, [shortcuts]);
}

/* Those that can be done now. */
export function availableCommands(): Command[] {
	const seen = new Set<string>();
	const found: Command[] = [];
	for (const source of sources) {
		for (const command of source()) {
			if (seen.has(command.id)) continue;
			seen.add(command.id);
			if (isAvailable(command)) found.push(command);
		}
	}
	return found.sort((a, b) => COMMAND_SECTIONS.indexOf(a.section) - COMMAND_SECTIONS.indexOf(b.section));
}
